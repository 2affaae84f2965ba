"""The rows of the table: what can go wrong, how to make it, and what it ends with."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from pathlib import Path
from types import MappingProxyType

from homeassistant.config_entries import SOURCE_DHCP
from homeassistant.core import HomeAssistant
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.const import DOMAIN
from simulator import CAMERA, Fault, Printer
from tests.support.timing import Time

NO_PICTURE = "no_picture"
CONTROL = "/control"
HOST, OTHER_HOST = "127.0.91.7", "127.0.91.8"
OTHER_CODE = "99999999"

SIZE = 16 << 20
"""Larger than two buffers of the system, so that half of it waits on our side."""


type Act = Callable[[Scene], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class Scene:
    """What takes part in one cell of the table.

    ``path`` is where the one request goes that the moment is about, ``order`` the call
    of an action that is under way, and ``meanwhile`` what happens in the middle of it.
    ``folder`` is for files that Home Assistant may read, and ``size`` in bytes is that
    of the one that is sent.
    """

    hass: HomeAssistant
    printer: Printer
    entry: MockConfigEntry
    time: Time
    client: ClientSessionGenerator
    monkeypatch: pytest.MonkeyPatch
    stack: AsyncExitStack
    folder: Path
    size: int
    path: str | None = None
    order: asyncio.Future[object] | None = None
    meanwhile: Act | None = None


class Layer(Enum):
    """What a trouble damages, and what a moment depends on."""

    WORLD = auto()
    """Power, address and clock."""
    LINE = auto()
    """TCP and HTTP, which all ports use."""
    ENVELOPE = auto()
    """The JSON of an answer; pictures of the camera have none."""
    LOGIN = auto()
    """Serial, code and LAN mode, which the camera does not need."""
    CONTROL = auto()
    """What only commands depend on."""
    VIEWER = auto()
    """The camera's only connection."""
    ORDER = auto()
    """The one request of an order, and its answer."""
    FILE = auto()
    """A file that is being sent, on both sides."""
    START = auto()
    """A print that was ordered and has to begin."""
    LINES = auto()
    """The line channel."""
    PORT = auto()
    """The line port of an older printer, which has no other."""
    ONE_LINE = auto()
    """The one command of an order to an older printer."""
    LINE_FILE = auto()
    """A file that is being sent to the line port."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One row: ``error`` is the key that requests end with, None without an error.

    ``brief`` troubles end after one request, so that polls show none of them.
    ``blinds`` says whether the camera shows nothing, as it does for every error unless
    said otherwise. ``but`` are the moments that make something else of it than
    ``error``, by name.
    """

    name: str
    layer: Layer
    begin: Act
    end: Act
    error: str | None = None
    brief: bool = False
    blinds: bool | None = None
    but: Mapping[str, str | None] = MappingProxyType({})

    def at(self, moment: str) -> str | None:
        """The result of an order, as a key."""
        return self.but.get(moment, self.error)

    @property
    def size(self) -> int:
        """The least size of a file, in bytes, for the trouble to happen on its way."""
        return SIZE if self.layer is Layer.FILE else 0

    @property
    def for_polls(self) -> str | None:
        """The result of several polls in a row."""
        return None if self.brief else self.error

    @property
    def for_picture(self) -> str | None:
        """The result of loading the job's picture."""
        return NO_PICTURE if self.error else None

    @property
    def for_camera(self) -> str | None:
        """The result of a picture of the camera."""
        blind = self.error is not None if self.blinds is None else self.blinds
        return NO_PICTURE if blind else None


async def clear(scene: Scene) -> None:
    scene.printer.faults.clear()


def _simulated(
    fault: Fault,
    layer: Layer,
    error: str | None = None,
    *,
    name: str | None = None,
    blinds: bool | None = None,
    options: Mapping[str, int] | None = None,
) -> Trouble:
    """Return a trouble that is a fault of the virtual printers."""
    given = dict(options or {})

    async def begin(scene: Scene) -> None:
        faults = scene.printer.faults
        faults.add(fault, times=given.get("times"), seconds=given.get("seconds"))
        if layer is Layer.LINE:
            faults.add(fault, path=CAMERA, seconds=given.get("seconds"))

    return Trouble(
        name=name or fault.value,
        layer=layer,
        begin=begin,
        end=clear,
        error=error,
        brief="times" in given,
        blinds=blinds,
    )


def at_path(
    fault: Fault,
    place: str,
    layer: Layer,
    error: str | None,
    *,
    path: str | None = None,
    seconds: float | None = None,
    name: str | None = None,
    but: Mapping[str, str | None] = MappingProxyType({}),
) -> Trouble:
    """Return a trouble of one path, without one that of the request that counts.

    Its name is that of the fault, unless another is given, with the ``place``.
    """

    async def begin(scene: Scene) -> None:
        scene.printer.faults.add(fault, path=path or scene.path, seconds=seconds)

    return Trouble(
        name=f"{name or fault.value}_{place}",
        layer=layer,
        begin=begin,
        end=clear,
        error=error,
        but=but,
    )


async def _lan_mode_off(scene: Scene) -> None:
    scene.printer.lan_mode = False


async def _lan_mode_on(scene: Scene) -> None:
    scene.printer.lan_mode = True


async def power_off(scene: Scene) -> None:
    await scene.printer.power_off()


async def power_on(scene: Scene) -> None:
    await scene.printer.power_on()


async def _move(scene: Scene) -> None:
    # The background search would find it before anything went wrong.
    scene.printer.deaf = True
    await scene.printer.move(OTHER_HOST)


async def _announce(scene: Scene) -> None:
    """Let Home Assistant see the DHCP lease of the new address."""
    scene.printer.deaf = False
    await scene.time.passes_until(
        scene.hass.config_entries.flow.async_init(
            DOMAIN,
            context={"source": SOURCE_DHCP},
            data=DhcpServiceInfo(
                ip=scene.printer.host,
                hostname="printer",
                macaddress=scene.printer.mac.replace(":", "").lower(),
            ),
        )
    )


async def _change_code(scene: Scene) -> None:
    scene.printer.check_code = OTHER_CODE


async def _take_code_back(scene: Scene) -> None:
    scene.printer.check_code = scene.entry.data["check_code"]


async def _change_card(scene: Scene) -> None:
    """Change to a cable: another MAC, at an address that the router keeps."""
    scene.printer.mac = "88:A9:A7:FF:FF:FF"


async def _keep_card(scene: Scene) -> None:
    """Change nothing: the printer is recognized by its serial number."""


def _set_clock(change: timedelta) -> Act:
    """Return what sets the wall clock; elapsed time is not changed."""

    async def begin(scene: Scene) -> None:
        now = dt_util.utcnow
        scene.monkeypatch.setattr(dt_util, "utcnow", lambda: now() + change)

    return begin


async def _set_clock_right(scene: Scene) -> None:
    scene.monkeypatch.undo()


async def _take_camera(scene: Scene) -> None:
    """Watch the camera with another program."""
    printer = scene.printer
    reader, writer = await asyncio.open_connection(printer.host, printer.camera_port)
    writer.write(f"GET {CAMERA} HTTP/1.0\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")

    async def close() -> None:
        writer.close()
        await writer.wait_closed()

    scene.stack.push_async_callback(close)


async def _give_camera_back(scene: Scene) -> None:
    await scene.stack.aclose()


TROUBLES: tuple[Trouble, ...] = (
    _simulated(Fault.REFUSE, Layer.LINE, "unreachable"),
    _simulated(Fault.HANG, Layer.LINE, "unreachable"),
    _simulated(Fault.CUT, Layer.LINE, "unreachable"),
    _simulated(Fault.DELAY, Layer.LINE, "unreachable", options={"seconds": 20}),
    _simulated(Fault.HTTP_500, Layer.LINE, "unreadable"),
    _simulated(Fault.EMPTY, Layer.LINE, "unreadable"),
    _simulated(Fault.HTML, Layer.LINE, "unreadable"),
    _simulated(Fault.TRUNCATED, Layer.LINE, "unreadable"),
    _simulated(Fault.WRONG_TYPE, Layer.LINE, blinds=True),
    _simulated(Fault.FLOOD, Layer.LINE, "unreadable"),
    _simulated(Fault.DEEP, Layer.ENVELOPE, "unreadable"),
    _simulated(Fault.NONSENSE, Layer.ENVELOPE),
    _simulated(Fault.DUPLICATES, Layer.ENVELOPE),
    _simulated(Fault.BROKEN_TEXT, Layer.ENVELOPE),
    _simulated(Fault.WRONG_SERIAL, Layer.LOGIN, "wrong_serial"),
    _simulated(
        Fault.WRONG_CODE,
        Layer.LOGIN,
        "wrong_code",
        name="wrong_code_once",
        options={"times": 1},
    ),
    Trouble(
        name="wrong_code_for_good",
        layer=Layer.LOGIN,
        begin=_change_code,
        end=_take_code_back,
        error="wrong_code",
    ),
    Trouble(
        name="lan_mode_off",
        layer=Layer.LOGIN,
        begin=_lan_mode_off,
        end=_lan_mode_on,
        error="lan_mode_off",
    ),
    Trouble(
        name="other_network_card",
        layer=Layer.LOGIN,
        begin=_change_card,
        end=_keep_card,
        but=dict.fromkeys(("upload_and_print", "print_file"), "other_printer"),
    ),
    _simulated(Fault.BUSY, Layer.CONTROL, "busy"),
    Trouble(
        name="address_moved",
        layer=Layer.WORLD,
        begin=_move,
        end=_announce,
        error="unreachable",
    ),
    Trouble(
        name="clock_put_ahead",
        layer=Layer.WORLD,
        begin=_set_clock(timedelta(hours=6)),
        end=_set_clock_right,
    ),
    Trouble(
        name="clock_put_back",
        layer=Layer.WORLD,
        begin=_set_clock(timedelta(hours=-6)),
        end=_set_clock_right,
    ),
    Trouble(
        name="off_and_on",
        layer=Layer.WORLD,
        begin=power_off,
        end=power_on,
        error="unreachable",
    ),
    Trouble(
        name="camera_taken",
        layer=Layer.VIEWER,
        begin=_take_camera,
        end=_give_camera_back,
        error="in_use",
    ),
)
