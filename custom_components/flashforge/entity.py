"""What all entities of a printer share."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import override

from homeassistant.const import EntityCategory
from homeassistant.core import callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import (
    CONNECTION_NETWORK_MAC,
    DeviceInfo,
    format_mac,
)
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import (
    AddConfigEntryEntitiesCallback,
    async_get_current_platform,
)
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN, MANUFACTURER
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .plain_text import plain_texts
from .printer.facts import access_of
from .printer.line_entities import has_entity

type Attributes = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class FlashForgeEntityDescription(EntityDescription):
    """Describes an entity in the table of its platform.

    ``exists_fn`` returns whether the printer has it; an entity may be added later.
    ``available_fn`` returns whether it is usable now, always without one.
    ``shown_offline`` entities stay while the printer does not answer. ``enabled_fn``
    decides by the printer what is enabled from the start, and ``category_fn`` which kind
    of entity it is, each time it is set up. ``number`` fills the placeholder in the name
    of one of several nozzles or slots. ``part`` names the part of the state that all of
    this is read from, if it is one: the entity passes the polls that leave it as it is.
    """

    exists_fn: Callable[[FlashForgeCoordinator], bool] = lambda _: True
    available_fn: Callable[[FlashForgeCoordinator], bool] | None = None
    attributes_fn: Callable[[FlashForgeCoordinator], Attributes] | None = None
    enabled_fn: Callable[[FlashForgeCoordinator], bool] | None = None
    category_fn: Callable[[FlashForgeCoordinator], EntityCategory | None] | None = None
    shown_offline: bool = False
    number: int | None = None
    part: str | None = None

    def exists(self, coordinator: FlashForgeCoordinator) -> bool:
        """Return whether the printer has it, as far as it is known now."""
        model = coordinator.printer.model
        return has_entity(model, self.key) and self.exists_fn(coordinator)


class FlashForgeEntity(CoordinatorEntity[FlashForgeCoordinator]):
    """An entity of a printer.

    ``_read`` returns what the entity of a platform shows. Nothing is written to the state
    machine unless that, the attributes or the availability changed.
    """

    _attr_has_entity_name = True
    entity_description: FlashForgeEntityDescription

    def __init__(
        self,
        coordinator: FlashForgeCoordinator,
        description: FlashForgeEntityDescription,
    ) -> None:
        """Give the entity its identity, which is the printer's serial number."""
        super().__init__(coordinator)
        self.entity_description = description
        self._attr_unique_id = unique_id(coordinator, description)
        if description.enabled_fn is not None:
            self._attr_entity_registry_enabled_default = description.enabled_fn(
                coordinator
            )
        if description.category_fn is not None:
            self._attr_entity_category = description.category_fn(coordinator)
        if description.number is not None:
            self._attr_translation_placeholders = plain_texts(
                {"number": description.number}
            )
        self._attr_device_info = _device_info(coordinator)
        self._written: object = None

    @abstractmethod
    def _read(self) -> object:
        """Return what the entity shows, as something that can be compared."""

    @property
    @override
    def available(self) -> bool:
        """Return whether the printer answers and this makes sense now."""
        coordinator, description = self.coordinator, self.entity_description
        return (coordinator.online or description.shown_offline) and (
            description.available_fn is None or description.available_fn(coordinator)
        )

    @property
    @override
    def extra_state_attributes(self) -> Attributes | None:
        """Return the attributes that the table asks for."""
        if (read := self.entity_description.attributes_fn) is None:
            return None
        return read(self.coordinator)

    @override
    async def async_added_to_hass(self) -> None:
        """Restore the last state, listen, and remember what is written first.

        No entity of a printer extends this one: a class that does and forgets the hook
        below is removed and added again whenever it is renamed.
        """
        await self._async_recall()
        await super().async_added_to_hass()
        self._async_listen()
        self._written = self._snapshot()

    async def _async_recall(self) -> None:
        """Restore what was shown before Home Assistant was restarted."""

    @callback
    def _async_listen(self) -> None:
        """Listen to others than the coordinator, until the entity is removed."""

    @callback
    def async_entity_id_changed(self, old_entity_id: str) -> None:
        """Go on under another id: nothing here hangs on the old one.

        Home Assistant 2026.11 is the first to call it and to have one itself.
        """
        if changed := getattr(super(), "async_entity_id_changed", None):
            changed(old_entity_id)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write the state if it changed."""
        if self.entity_description.part in self.coordinator.steady:
            return
        if (snapshot := self._snapshot()) != self._written:
            self._written = snapshot
            self.async_write_ha_state()

    def _snapshot(self) -> object:
        """Return all that Home Assistant shows, None while it is unavailable."""
        return (self._read(), self.extra_state_attributes) if self.available else None


def unique_id(
    coordinator: FlashForgeCoordinator, description: FlashForgeEntityDescription
) -> str:
    """Return the id of an entity, which is the printer's serial number and its key."""
    return f"{coordinator.serial}_{description.key}"


def _device_info(coordinator: FlashForgeCoordinator) -> DeviceInfo:
    """Describe the printer for the device registry."""
    entry = coordinator.config_entry
    access = access_of(entry)
    return DeviceInfo(
        identifiers={(DOMAIN, coordinator.serial)},
        connections=(
            {(CONNECTION_NETWORK_MAC, format_mac(access.mac))} if access.mac else set()
        ),
        manufacturer=MANUFACTURER,
        model=coordinator.record.model_name,
        model_id=coordinator.record.model_id,
        name=entry.title,
        serial_number=access.serial,
        sw_version=coordinator.record.facts.firmware,
    )


@callback
def async_add_as_shown[DescriptionT: FlashForgeEntityDescription](
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    descriptions: Iterable[DescriptionT],
    create: Callable[[FlashForgeCoordinator, DescriptionT], Entity],
) -> None:
    """Add the entities that the printer shows now, and the others when it shows them.

    While it has not answered yet, what it showed in former times counts.
    """
    coordinator = entry.runtime_data
    waiting = list(descriptions)
    domain = async_get_current_platform().domain
    known = {
        registered.unique_id
        for registered in er.async_entries_for_config_entry(
            er.async_get(coordinator.hass), entry.entry_id
        )
        if registered.domain == domain
    }
    coordinator.found.tables |= {
        (domain, each.key): partial(each.exists, coordinator) for each in waiting
    }

    def exists(each: DescriptionT) -> bool:
        if coordinator.seen:
            return each.exists(coordinator)
        return unique_id(coordinator, each) in known or each.exists(coordinator)

    @callback
    def add() -> None:
        shown = [each for each in waiting if exists(each)]
        if shown:
            waiting[:] = [each for each in waiting if each not in shown]
            async_add_entities(create(coordinator, each) for each in shown)

    add()
    entry.async_on_unload(coordinator.async_add_listener(add))
