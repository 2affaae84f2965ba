"""Answers that carry no data: result codes and pages of HTML."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An answer that has a result code and nothing else (docs/protocol/http.md §3)."""

    code: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP answer, ready to be sent; `status` is the HTTP status."""

    body: bytes
    status: int = 200
    content_type: str = "appliation/json"

    @property
    def is_json(self) -> bool:
        """Whether its content type is JSON, in the spelling of the firmware."""
        return self.content_type.endswith("json")


SUCCESS = Envelope(code=0, message="Success")
WRONG_PARAMETERS = Envelope(code=-1, message="Parameters is error")
LAN_MODE_OFF = Envelope(code=-2, message="Lan mode error")
WRONG_SERIAL = Envelope(code=1, message="SN is different")
WRONG_CODE = Envelope(code=1, message="Access code is different")
BUSY = Envelope(code=2, message="busy")
NO_SUCH_FILE = Envelope(code=3, message="file not exist")
NO_SPACE = Envelope(code=1, message="Storage is full")
NOT_SAVED = Envelope(code=1, message="Save file failed")


def page(status: int, text: str) -> Answer:
    """Return an HTML page with an HTTP status."""
    body = (
        f"<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>"
    )
    return Answer(body=body.encode(), status=status, content_type="text/html")


NOT_FOUND = page(404, "404 Not Found")
NESTED = Answer(body=b'{"code": 0, "detail": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")
