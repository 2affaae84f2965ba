"""A request that a client made, as the printer received it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """A received request; `body` is the parsed JSON, `time` is seconds on the clock.

    An upload is recorded when it begins, with its headers and without a body.
    """

    method: str
    path: str
    body: object
    time: float
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def command(self) -> str | None:
        """The name of the command in a `/control` request, None in others."""
        name = self._payload.get("cmd")
        return name if isinstance(name, str) else None

    @property
    def args(self) -> dict[str, object]:
        """The arguments of the command, empty without one."""
        args = self._payload.get("args")
        return dict(args) if isinstance(args, dict) else {}

    @property
    def _payload(self) -> Mapping[str, object]:
        payload = self.body.get("payload") if isinstance(self.body, dict) else None
        return payload if isinstance(payload, dict) else {}
