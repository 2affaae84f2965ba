"""A printer without its ports: its identity, its addresses, its machine, its faults."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..faults import Faults
from ..models.files import StoredFile
from ..models.quirks import Quirks
from ..models.spec import ModelSpec
from ..system.clock import Clock
from .machine import Machine


@dataclass(kw_only=True, eq=False)
class Device:
    """The data from which every answer to a client is made.

    `host` is an IPv4 address. Without `lan_mode` HTTP requests are refused
    (docs/protocol/http.md §3); a `deaf` printer answers no search. `overrides`
    are merged over the /detail object as raw wire values, `omit` are keys that are left
    out of it. `selected` is the file that `M24` starts. Everything can be changed at any time.
    """

    model: ModelSpec
    host: str
    http_port: int
    discovery_port: int
    camera_port: int
    tcp_port: int
    serial: str
    check_code: str
    name: str
    firmware: str
    mac: str
    has_camera: bool
    clock: Clock
    machine: Machine
    faults: Faults
    lan_mode: bool = True
    deaf: bool = False
    selected: str | None = None
    overrides: dict[str, object] = field(default_factory=dict)
    omit: set[str] = field(default_factory=set)

    @property
    def quirks(self) -> Quirks:
        """The behavior of its firmware."""
        return self.machine.quirks

    @quirks.setter
    def quirks(self, quirks: Quirks) -> None:
        self.machine.quirks = quirks

    @property
    def files(self) -> list[StoredFile]:
        """The files in its memory, the newest first."""
        return self.machine.files

    @files.setter
    def files(self, files: Iterable[StoredFile]) -> None:
        self.machine.files = list(files)
