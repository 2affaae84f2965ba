"""A request that a client made, as the printer received it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived; `body` is the parsed JSON, `time` the clock's.

    Of an upload, which is noted when it begins, there are the headers and no body.
    """

    method: str
    path: str
    body: object
    time: float
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def command(self) -> str | None:
        """The name of the command, of a `/control` request."""
        name = self._payload.get("cmd")
        return name if isinstance(name, str) else None

    @property
    def args(self) -> dict[str, object]:
        """The arguments of the command."""
        args = self._payload.get("args")
        return dict(args) if isinstance(args, dict) else {}

    @property
    def _payload(self) -> Mapping[str, object]:
        payload = self.body.get("payload") if isinstance(self.body, dict) else None
        return payload if isinstance(payload, dict) else {}
