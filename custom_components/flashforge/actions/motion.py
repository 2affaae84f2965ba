"""The actions that move, heat, calibrate and rename a printer."""

from collections.abc import Sequence
from typing import Final

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv, device_registry as dr
import probatio

from ..api import Axis
from ..api.commands import gcode, motion
from ..api.http.requests import MOVE_RANGE
from ..const import DOMAIN
from ..coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from ..exceptions import refused, translated
from . import Action, text

_FEED_RATE = "feed_rate"
_DISTANCE = "distance"
_GCODE = "gcode"
_FORCE = "force"
_NAME = "name"
_LEVELING = "leveling"
_VIBRATION = "vibration"

_LONGEST_NAME = 32
_SLOWEST, _FASTEST = 60, 12000
_MILLIMETERS: Final = probatio.All(
    probatio.Coerce(float), probatio.Range(min=MOVE_RANGE[0], max=MOVE_RANGE[1])
)
_AWAY_FIRST: tuple[Axis, ...] = ("z", "x", "y")
_TOWARDS_LAST: tuple[Axis, ...] = ("x", "y", "z")


def _one_line(text: str) -> str:
    return " ".join(text.split())


async def _async_home(entry: FlashForgeConfigEntry, call: ServiceCall) -> None:
    """Home all axes."""
    coordinator = entry.runtime_data
    await coordinator.async_command(motion.home(coordinator.printer.model))


async def _async_move(entry: FlashForgeConfigEntry, call: ServiceCall) -> None:
    """Move axes one after the other; the bed first if it moves away from the nozzle."""
    coordinator = entry.runtime_data
    order = _AWAY_FIRST if call.data.get("z", 0) > 0 else _TOWARDS_LAST
    if not any(call.data.get(axis) for axis in order):
        raise refused("nothing_to_move")
    for axis in order:
        if millimeters := call.data.get(axis):
            await coordinator.async_command(
                motion.move(
                    coordinator.printer.model,
                    axis,
                    millimeters,
                    call.data.get(_FEED_RATE),
                )
            )


async def _async_extrude(entry: FlashForgeConfigEntry, call: ServiceCall) -> None:
    """Push filament through the nozzle, or pull it back."""
    coordinator = entry.runtime_data
    if not (distance := call.data[_DISTANCE]):
        # Some printers would heat for it.
        raise refused("nothing_to_extrude")
    await coordinator.async_command(motion.extrude(coordinator.printer.model, distance))


async def _async_send_gcode(
    entry: FlashForgeConfigEntry, call: ServiceCall
) -> ServiceResponse:
    """Send G-code and return the printer's reply to each line."""
    coordinator = entry.runtime_data
    with translated():
        lines = gcode.read_gcode(call.data[_GCODE])
    told: list[str] = []

    @callback
    def take(replies: Sequence[str]) -> None:
        told.extend(replies)

    await coordinator.async_command(
        gcode.send_gcode(
            coordinator.printer.model, lines, take, force=call.data[_FORCE]
        )
    )
    return {
        "replies": [
            {"line": line, "reply": reply}
            for line, reply in zip(lines, told, strict=True)
        ]
    }


async def _async_rename(entry: FlashForgeConfigEntry, call: ServiceCall) -> None:
    """Rename the printer, and its device too if that has the old name."""
    coordinator = entry.runtime_data
    name: str = call.data[_NAME]
    before = coordinator.data.identity.name
    await coordinator.async_command(motion.rename(coordinator.printer.model, name))
    if coordinator.config_entry.title == before:
        _async_follow_name(coordinator, name)


@callback
def _async_follow_name(coordinator: FlashForgeCoordinator, name: str) -> None:
    """Give the entry and the device the printer's name.

    The name in Home Assistant is the user's (docs/design.md, law 4). So this is only for
    an entry that still has the printer's name, and a device with a name by the user keeps
    it.
    """
    entry = coordinator.config_entry
    coordinator.hass.config_entries.async_update_entry(entry, title=name)
    registry = dr.async_get(coordinator.hass)
    device = registry.async_get_device_by_identifier(
        (DOMAIN, coordinator.serial), entry.entry_id
    )
    if device is not None:
        registry.async_update_device(device.id, name=name)


async def _async_calibrate(entry: FlashForgeConfigEntry, call: ServiceCall) -> None:
    """Level the bed, measure vibration, or both."""
    coordinator = entry.runtime_data
    await coordinator.async_command(
        motion.calibrate(
            coordinator.printer.model,
            leveling=call.data[_LEVELING],
            vibration=call.data[_VIBRATION],
        )
    )


ACTIONS: tuple[Action, ...] = (
    Action(name="home", handle=_async_home, several=True),
    Action(
        name="move",
        handle=_async_move,
        several=True,
        fields={
            **dict.fromkeys(map(probatio.Optional, _TOWARDS_LAST), _MILLIMETERS),
            probatio.Optional(_FEED_RATE): probatio.All(
                probatio.Coerce(int), probatio.Range(min=_SLOWEST, max=_FASTEST)
            ),
        },
    ),
    Action(
        name="extrude",
        handle=_async_extrude,
        several=True,
        fields={probatio.Required(_DISTANCE): _MILLIMETERS},
    ),
    Action(
        name="send_gcode",
        handle=_async_send_gcode,
        several=True,
        fields={
            probatio.Required(_GCODE): cv.string,
            probatio.Optional(_FORCE, default=False): cv.boolean,
        },
        responds=SupportsResponse.OPTIONAL,
        admin=True,
    ),
    Action(
        name="rename",
        handle=_async_rename,
        fields={
            probatio.Required(_NAME): probatio.All(
                text(), _one_line, probatio.Length(min=1, max=_LONGEST_NAME)
            )
        },
    ),
    Action(
        name="calibrate",
        handle=_async_calibrate,
        several=True,
        fields={
            probatio.Optional(_LEVELING, default=True): cv.boolean,
            probatio.Optional(_VIBRATION, default=False): cv.boolean,
        },
    ),
)
