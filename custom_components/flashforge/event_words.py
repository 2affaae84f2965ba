"""Why a print stopped, in the words of the house: the error, its cause and its cure."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from .api.models.error_codes import error_key
from .api.models.model import Model
from .const import DOMAIN
from .printer.job_events import PrintEvent, PrintEventType

WITH_CODE = frozenset(
    {PrintEventType.PAUSED, PrintEventType.ERROR, PrintEventType.FAILED}
)
"""The events that an error can be the reason of."""

_ENTITY = f"component.{DOMAIN}.entity"


@callback
def words_of(hass: HomeAssistant, model: Model, event: PrintEvent) -> dict[str, object]:
    """Return what explains an event, in the language of Home Assistant.

    The words of an error code say more than those of a reason, which every pause has.
    """
    if event.type not in WITH_CODE:
        return {}
    code = event.job.code
    if (key := error_key(code, model) if code else None) is not None:
        kind = f"{_ENTITY}.sensor.error"
    elif (key := event.reason) is not None:
        kind = f"{_ENTITY}.event.print"
    else:
        return {}
    texts = async_get_cached_translations(hass, hass.config.language, "entity", DOMAIN)
    keys = {
        "error": f"{kind}.state.{key}",
        **{
            name: f"{kind}.state_attributes.{name}.state.{key}"
            for name in ("cause", "cure")
        },
    }
    return {name: texts[at] for name, at in keys.items() if at in texts}
