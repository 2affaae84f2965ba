"""The actions that label spools and move filament."""

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse
import probatio

from ..api import Feature
from ..api.commands import filament, spools
from ..api.commands.materials import material_named
from ..api.models.colors import name_of
from ..api.state import DIRECT_FEED
from ..const import SLOT_NUMBERS
from ..coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from ..exceptions import refused
from . import Action, text, whole_number

ATTR_SLOT = "slot"
ATTR_MATERIAL = "material"
ATTR_COLOR = "color"

_SLOT = probatio.All(whole_number, probatio.In([DIRECT_FEED, *SLOT_NUMBERS]))
_CHANNEL = probatio.All(probatio.Coerce(int), probatio.Range(min=0, max=255))
_RGB = probatio.All(
    probatio.ExactSequence([_CHANNEL] * 3),
    lambda rgb: "#{:02X}{:02X}{:02X}".format(*rgb),
)
# A template that reads the color of a light returns a tuple.
_COLOR = probatio.Any(
    probatio.All(probatio.Any(list, tuple), probatio.Coerce(list), _RGB), text()
)


async def _async_set_slot(
    entry: FlashForgeConfigEntry, call: ServiceCall
) -> ServiceResponse:
    """Label a spool, and return what the printer shows for it now."""
    coordinator = entry.runtime_data
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
    spool = coordinator.data.spool(number)
    color = spool.color if spool else None
    return {
        ATTR_SLOT: number,
        ATTR_MATERIAL: spool.material if spool else None,
        ATTR_COLOR: color,
        "color_name": name_of(color, coordinator.printer.model.palette),
    }


def _material(coordinator: FlashForgeCoordinator, said: str | None) -> str | None:
    """Return the material by its name on the printer's screen."""
    model = coordinator.printer.model
    if said is None or Feature.SLOT_EDIT not in model.features:
        return said
    if (name := material_named(said, model.materials)) is None:
        raise refused(
            "no_such_material", material=said, materials=", ".join(model.materials)
        )
    return name


def _color(coordinator: FlashForgeCoordinator, said: str | None) -> str | None:
    """Return the printer's color that looks most like the given one."""
    model = coordinator.printer.model
    if said is None or Feature.SLOT_EDIT not in model.features:
        return said
    if (color := spools.palette_color(said, model.palette)) is None:
        raise refused("no_such_color", color=said)
    return color


async def _async_load(
    entry: FlashForgeConfigEntry, call: ServiceCall
) -> ServiceResponse:
    """Begin to load a spool."""
    coordinator = entry.runtime_data
    await coordinator.async_command(
        filament.load(coordinator.printer.model, call.data[ATTR_SLOT])
    )
    return _feeding(coordinator)


async def _async_unload(
    entry: FlashForgeConfigEntry, call: ServiceCall
) -> ServiceResponse:
    """Begin to unload a spool, by default the loaded one."""
    coordinator = entry.runtime_data
    await coordinator.async_command(
        filament.unload(coordinator.printer.model, call.data.get(ATTR_SLOT))
    )
    return _feeding(coordinator)


async def _async_cancel(
    entry: FlashForgeConfigEntry, call: ServiceCall
) -> ServiceResponse:
    """Cancel loading or unloading while the nozzle is still heating."""
    coordinator = entry.runtime_data
    await coordinator.async_command(
        filament.cancel(coordinator.printer.model, call.data.get(ATTR_SLOT))
    )
    return None


def _feeding(coordinator: FlashForgeCoordinator) -> ServiceResponse:
    """Return which spool is being loaded or unloaded, and in which step."""
    number = spools.moving(coordinator.data)
    activity = None if number is None else spools.activity(coordinator.data, number)
    return {ATTR_SLOT: number, "activity": activity}


ACTIONS: tuple[Action, ...] = (
    Action(
        name="set_slot",
        handle=_async_set_slot,
        several=True,
        fields={
            probatio.Required(ATTR_SLOT): _SLOT,
            probatio.Optional(ATTR_MATERIAL): text(),
            probatio.Optional(ATTR_COLOR): _COLOR,
        },
        responds=SupportsResponse.OPTIONAL,
    ),
    Action(
        name="load_filament",
        handle=_async_load,
        several=True,
        fields={probatio.Required(ATTR_SLOT): _SLOT},
        responds=SupportsResponse.OPTIONAL,
    ),
    Action(
        name="unload_filament",
        handle=_async_unload,
        several=True,
        fields={probatio.Optional(ATTR_SLOT): _SLOT},
        responds=SupportsResponse.OPTIONAL,
    ),
    Action(
        name="cancel_filament",
        handle=_async_cancel,
        several=True,
        fields={probatio.Optional(ATTR_SLOT): _SLOT},
    ),
)
