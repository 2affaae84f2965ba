"""What a user is allowed to do with a printer: the same as with its entities."""

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import Context, HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN
from .plain_text import plain_texts


class NotAllowedError(Unauthorized):
    """A user is not allowed to control a printer.

    Home Assistant's own error has no text besides its name.
    """

    def __init__(self, context: Context, entry_id: str, printer: str) -> None:
        """Store the name of the printer."""
        super().__init__(
            context=context, config_entry_id=entry_id, permission=POLICY_CONTROL
        )
        self.generate_message = True
        self.translation_domain = DOMAIN
        self.translation_key = "not_allowed"
        self.translation_placeholders = plain_texts({"printer": printer})


@callback
def async_may(hass: HomeAssistant, user: User, entry_id: str, policy: str) -> bool:
    """Return whether a user has permission to read or control the printer of an entry.

    The user needs the permission for all entities of the printer. Nobody has permission
    for a printer without entities.
    """
    if user.permissions.access_all_entities(policy):
        return True
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry_id)
    return bool(entities) and all(
        user.permissions.check_entity(entity.entity_id, policy) for entity in entities
    )


async def async_check_control(call: ServiceCall, *entry_ids: str) -> None:
    """Check that the user of a call has permission to control these printers.

    A call of Home Assistant itself has no user and is allowed. Raises ``Unauthorized``.
    """
    await async_check_context(call.hass, call.context, *entry_ids)


async def async_check_context(
    hass: HomeAssistant, context: Context, *entry_ids: str
) -> None:
    """Check that who is behind a context has permission to control these printers.

    Without a user it is Home Assistant itself, which is allowed. Raises ``Unauthorized``.
    """
    user = await async_user_of(hass, context)
    for entry_id in entry_ids:
        if user and not async_may(hass, user, entry_id, POLICY_CONTROL):
            entry = hass.config_entries.async_get_known_entry(entry_id)
            raise NotAllowedError(context, entry_id, entry.title)


async def async_user_of(hass: HomeAssistant, context: Context) -> User | None:
    """Return the user behind a context, None for Home Assistant itself.

    Raises ``Unauthorized`` for a user who does not exist any more.
    """
    user_id = context.user_id
    if user_id is None:
        return None
    user = await hass.auth.async_get_user(user_id)
    if user is None:
        raise UnknownUser(context=context, permission=POLICY_CONTROL, user_id=user_id)
    return user
