"""The actions that label spools and move filament."""

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse
import voluptuous as vol

from .action import Action, coordinator_of, text, whole_number
from .api import filament, spools
from .api.catalog import Feature
from .api.colors import name_of
from .const import SLOT_NUMBERS
from .coordinator import FlashForgeCoordinator
from .exceptions import refused

ATTR_SLOT = "slot"
ATTR_MATERIAL = "material"
ATTR_COLOR = "color"

_SLOT = vol.All(whole_number, vol.In([spools.DIRECT_FEED, *SLOT_NUMBERS]))
_CHANNEL = vol.All(vol.Coerce(int), vol.Range(min=0, max=255))
_RGB = vol.All(
    vol.ExactSequence([_CHANNEL] * 3), lambda rgb: "#{:02X}{:02X}{:02X}".format(*rgb)
)
# A template that reads the color of a light makes a tuple of it.
_COLOR = vol.Any(vol.All(vol.Any(list, tuple), vol.Coerce(list), _RGB), text())


async def _async_set_slot(call: ServiceCall) -> ServiceResponse:
    """Write what a spool is, and say what the printer shows for it now."""
    coordinator = coordinator_of(call)
    if not call.data.keys() & {ATTR_MATERIAL, ATTR_COLOR}:
        raise refused("label_missing")
    number: int = call.data[ATTR_SLOT]
    await coordinator.async_command(
        filament.label(
            coordinator.printer.model,
            number,
            material=_material(coordinator, call.data.get(ATTR_MATERIAL)),
            color=_color(coordinator, call.data.get(ATTR_COLOR)),
        )
    )
    spool = spools.spool(coordinator.data, number)
    color = spool.color if spool else None
    return {
        ATTR_SLOT: number,
        ATTR_MATERIAL: spool.material if spool else None,
        ATTR_COLOR: color,
        "color_name": name_of(color, coordinator.printer.model.palette),
    }


def _material(coordinator: FlashForgeCoordinator, said: str | None) -> str | None:
    """Return the material as the printer's screen calls it."""
    model = coordinator.printer.model
    if said is None or Feature.SLOT_EDIT not in model.features:
        return said
    if (name := spools.material_name(said, model.materials)) is None:
        raise refused(
            "no_such_material", material=said, materials=", ".join(model.materials)
        )
    return name


def _color(coordinator: FlashForgeCoordinator, said: str | None) -> str | None:
    """Return the printer's own color that looks most like the one that is meant."""
    model = coordinator.printer.model
    if said is None or Feature.SLOT_EDIT not in model.features:
        return said
    if (color := spools.palette_color(said, model.palette)) is None:
        raise refused("no_such_color", color=said)
    return color


async def _async_load(call: ServiceCall) -> ServiceResponse:
    """Begin to load a spool."""
    coordinator = coordinator_of(call)
    await coordinator.async_command(
        filament.load(coordinator.printer.model, call.data[ATTR_SLOT])
    )
    return _feeding(coordinator)


async def _async_unload(call: ServiceCall) -> ServiceResponse:
    """Begin to unload a spool, the loaded one unless another is meant."""
    coordinator = coordinator_of(call)
    await coordinator.async_command(
        filament.unload(coordinator.printer.model, call.data.get(ATTR_SLOT))
    )
    return _feeding(coordinator)


async def _async_cancel(call: ServiceCall) -> ServiceResponse:
    """Give up loading or unloading while the nozzle still heats."""
    coordinator = coordinator_of(call)
    await coordinator.async_command(
        filament.cancel(coordinator.printer.model, call.data.get(ATTR_SLOT))
    )
    return None


def _feeding(coordinator: FlashForgeCoordinator) -> ServiceResponse:
    """Return which spool the printer moves now, and how far it has come."""
    number = spools.moving(coordinator.data)
    activity = None if number is None else spools.activity(coordinator.data, number)
    return {ATTR_SLOT: number, "activity": activity}


ACTIONS: tuple[Action, ...] = (
    Action(
        name="set_slot",
        handle=_async_set_slot,
        fields={
            vol.Required(ATTR_SLOT): _SLOT,
            vol.Optional(ATTR_MATERIAL): text(),
            vol.Optional(ATTR_COLOR): _COLOR,
        },
        responds=SupportsResponse.OPTIONAL,
    ),
    Action(
        name="load_filament",
        handle=_async_load,
        fields={vol.Required(ATTR_SLOT): _SLOT},
        responds=SupportsResponse.OPTIONAL,
    ),
    Action(
        name="unload_filament",
        handle=_async_unload,
        fields={vol.Optional(ATTR_SLOT): _SLOT},
        responds=SupportsResponse.OPTIONAL,
    ),
    Action(
        name="cancel_filament",
        handle=_async_cancel,
        fields={vol.Optional(ATTR_SLOT): _SLOT},
    ),
)
