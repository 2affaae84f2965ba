"""What a user may do with a printer, which is what they may do with its entities."""

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import Context, HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN
from .plain_text import plain_texts


class NotAllowedError(Unauthorized):
    """A user may not control a printer.

    Home Assistant's own error says no more than its name.
    """

    def __init__(self, context: Context, entry_id: str, printer: str) -> None:
        """Say which printer it is."""
        super().__init__(
            context=context, config_entry_id=entry_id, permission=POLICY_CONTROL
        )
        self.generate_message = True
        self.translation_domain = DOMAIN
        self.translation_key = "not_allowed"
        self.translation_placeholders = plain_texts({"printer": printer})


@callback
def async_may(hass: HomeAssistant, user: User, entry_id: str, policy: str) -> bool:
    """Return whether a user may read or control the printer of an entry.

    A printer is more than any one of its entities, so all of them are asked for. One
    without entities is nothing that anybody was given.
    """
    if user.permissions.access_all_entities(policy):
        return True
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry_id)
    return bool(entities) and all(
        user.permissions.check_entity(entity.entity_id, policy) for entity in entities
    )


async def async_check_control(call: ServiceCall, *entry_ids: str) -> None:
    """Let pass who may control the printers of these entries.

    What Home Assistant does by itself has no user and passes. Raises ``Unauthorized``.
    """
    user_id = call.context.user_id
    if user_id is None:
        return
    user = await call.hass.auth.async_get_user(user_id)
    if user is None:
        raise UnknownUser(
            context=call.context, permission=POLICY_CONTROL, user_id=user_id
        )
    for entry_id in entry_ids:
        if not async_may(call.hass, user, entry_id, POLICY_CONTROL):
            entry = call.hass.config_entries.async_get_known_entry(entry_id)
            raise NotAllowedError(call.context, entry_id, entry.title)
