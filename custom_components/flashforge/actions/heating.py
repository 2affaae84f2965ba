"""The action that preheats a printer."""

from homeassistant.core import ServiceCall
import probatio

from ..const import TOOL_INDEXES
from ..coordinator import FlashForgeConfigEntry
from ..exceptions import refused, translated
from ..prints.preheat import preheat_of
from ..prints.preheated import HeatWish
from . import Action, whole_number

_NOZZLE = "nozzle"
_TOOLHEAD = "toolhead"
_BED = "bed"
_CHAMBER = "chamber"
_MINUTES = "minutes"

HOTTEST = 400
"""No printer heats further; what a model takes is checked with its limits."""

LONGEST = 240
"""Minutes after which a printer that nobody uses is off in any case."""

_CELSIUS = probatio.All(whole_number, probatio.Range(min=1, max=HOTTEST))


async def _async_preheat(entry: FlashForgeConfigEntry, call: ServiceCall) -> None:
    """Heat a printer for a limited time."""
    coordinator, data = entry.runtime_data, call.data
    if (preheat := preheat_of(coordinator)) is None:
        raise refused("not_loaded", printer=entry.title)
    wish = HeatWish(
        nozzle=data.get(_NOZZLE),
        toolhead=data[_TOOLHEAD],
        bed=data.get(_BED),
        chamber=data.get(_CHAMBER),
    )
    with translated():
        await preheat.async_start(wish, data[_MINUTES])


ACTIONS: tuple[Action, ...] = (
    Action(
        name="preheat",
        handle=_async_preheat,
        fields={
            probatio.Optional(_NOZZLE): _CELSIUS,
            probatio.Optional(_TOOLHEAD, default=1): probatio.All(
                whole_number, probatio.Range(min=1, max=len(TOOL_INDEXES))
            ),
            probatio.Optional(_BED): _CELSIUS,
            probatio.Optional(_CHAMBER): _CELSIUS,
            probatio.Optional(_MINUTES, default=30): probatio.All(
                whole_number, probatio.Range(min=1, max=LONGEST)
            ),
        },
        one_of=(_NOZZLE, _BED, _CHAMBER),
        several=True,
    ),
)
