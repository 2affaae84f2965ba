"""Which printers an assistant may know of, and what it may do with them.

A printer takes part when one of its entities is exposed to the assistant. What a single
entity does as well, such as its light, needs that entity to be exposed.
"""

from collections.abc import Sequence

from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..const import DOMAIN
from ..coordinator import FlashForgeConfigEntry
from ..exceptions import refused
from ..permissions import async_may, async_user_of

LIGHT = ("light", "light")
START = ("button", "print_selected_file")
"""Entities that an assistant needs for what they do: platform and key."""


@callback
def async_exposed(hass: HomeAssistant, assistant: str) -> list[FlashForgeConfigEntry]:
    """Return the printers with an entity that is exposed to an assistant, by name."""
    registry = er.async_get(hass)
    entries: list[FlashForgeConfigEntry] = hass.config_entries.async_loaded_entries(
        DOMAIN
    )
    return sorted(
        (
            entry
            for entry in entries
            if any(
                async_should_expose(hass, assistant, entity.entity_id)
                for entity in er.async_entries_for_config_entry(
                    registry, entry.entry_id
                )
                if entity.disabled_by is None
            )
        ),
        key=lambda entry: name_of(hass, entry),
    )


@callback
def async_exposed_entity(
    hass: HomeAssistant,
    assistant: str,
    entry: FlashForgeConfigEntry,
    which: tuple[str, str],
) -> str | None:
    """Return the id of an entity of a printer, None unless it is there and exposed."""
    platform, key = which
    found = er.async_get(hass).async_get_entity_id(
        platform, DOMAIN, f"{entry.unique_id}_{key}"
    )
    if found is None or hass.states.get(found) is None:
        return None
    return found if async_should_expose(hass, assistant, found) else None


async def async_readable(
    hass: HomeAssistant, assistant: str, context: Context | None
) -> list[FlashForgeConfigEntry]:
    """Return the printers that an assistant knows of and the person may see."""
    user = await async_user_of(hass, context or Context())
    return [
        entry
        for entry in async_exposed(hass, assistant)
        if user is None or async_may(hass, user, entry.entry_id, POLICY_READ)
    ]


@callback
def name_of(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> str:
    """Return what the user calls a printer."""
    identifier = (DOMAIN, str(entry.unique_id))
    for device in dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id):
        if identifier in device.identifiers:
            return device.name_by_user or device.name or entry.title
    return entry.title


@callback
def async_meant(
    hass: HomeAssistant, printers: Sequence[FlashForgeConfigEntry], said: str | None
) -> FlashForgeConfigEntry:
    """Return the printer that is meant by its name, or the only one without a name.

    Of several without a name, the one with a job is meant. Raises
    ``ServiceValidationError``.
    """
    names = {entry.entry_id: name_of(hass, entry) for entry in printers}
    if said is not None:
        printers = [
            entry
            for entry in printers
            if names[entry.entry_id].casefold() == said.strip().casefold()
        ]
    if len(printers) > 1:
        busy = [entry for entry in printers if entry.runtime_data.data.has_job]
        printers = busy if len(busy) == 1 else printers
    if len(printers) != 1:
        raise refused("which_printer", printers=", ".join(names.values()) or "—")
    return printers[0]
