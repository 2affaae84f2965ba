"""What is known about a printer whether or not it answers, kept in its entry."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from ..api import Feature, Printer, PrinterState, Product
from ..const import (
    CONF_FACTS,
    CONF_LOGS_IN,
    CONF_PRODUCT_ID,
    DOMAIN,
    LIGHT_YES,
    OPTION_LIGHT,
)
from .facts import Facts, access_of


class Record:
    """The facts about one printer; each new fact is stored in the entry at once."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        printer: Printer,
        on_change: Callable[[], None],
    ) -> None:
        """Read what the entry holds; ``on_change`` is called for what a command taught."""
        self._hass = hass
        self._entry = entry
        self._printer = printer
        self._on_change = on_change
        self._last: PrinterState | None = None
        self.facts = Facts.stored(entry.data.get(CONF_FACTS))

    @property
    def model_name(self) -> str:
        """Name of the model; for a model that is not in the catalog, the printer's own."""
        model = self._printer.model
        named = model.pid is not None or model.described
        return model.name if named else self.facts.model or model.name

    @property
    def model_id(self) -> str | None:
        """Product id of the model, as FlashForge's documents write it."""
        pid = self._printer.known.pid
        return None if pid is None else f"0x{pid:04X}"

    @property
    def has_light(self) -> bool:
        """Whether there is a light to switch (docs/protocol/http.md §2.3)."""
        product = self.facts.product
        return (
            Feature.LIGHT in self._printer.model.features
            or (product is not None and product.light is True)
            or self._entry.options.get(OPTION_LIGHT) == LIGHT_YES
        )

    @callback
    def remember(self, state: PrinterState, product: Product | None) -> None:
        """Store what stays true while the printer is off."""
        if state is self._last and product is None:
            return
        self._last = state
        facts = self.facts.after(state, product)
        known, identity = self._printer.known, state.identity
        new: dict[str, object] = {}
        if known.pid is None:
            new[CONF_PRODUCT_ID] = identity.pid
        if known.mac is None and identity.mac is not None:
            new[CONF_MAC] = dr.format_mac(identity.mac)
        if self._printer.logs_in and not access_of(self._entry).logs_in:
            new[CONF_LOGS_IN] = True
        if facts == self.facts and not any(new.values()):
            return
        self._printer.known = replace(
            known, pid=known.pid or identity.pid, mac=known.mac or identity.mac
        )
        self._store(facts, new)
        self._update_device()

    @callback
    def learn(self, facts: Facts) -> None:
        """Store what a command taught about the printer."""
        if facts != self.facts:
            self._store(facts)
            self._on_change()

    @callback
    def move(self, host: str, port: int) -> None:
        """Store another address, and talk to the printer there from now on."""
        self._hass.config_entries.async_update_entry(
            self._entry,
            data={**self._entry.data, CONF_HOST: host, CONF_PORT: port},
        )
        self._printer.move(host, port)
        self._printer.known = access_of(self._entry).identity

    def _store(
        self, facts: Facts, reported: Mapping[str, object] = MappingProxyType({})
    ) -> None:
        self.facts = facts
        data = self._entry.data
        stored = facts.as_stored(data.get(CONF_FACTS))
        self._hass.config_entries.async_update_entry(
            self._entry, data={**data, **reported, CONF_FACTS: stored}
        )

    def _update_device(self) -> None:
        registry = dr.async_get(self._hass)
        device = registry.async_get_device_by_identifier(
            (DOMAIN, str(self._entry.unique_id)), self._entry.entry_id
        )
        if device is not None:
            registry.async_update_device(
                device.id,
                sw_version=self.facts.firmware,
                model=self.model_name,
                model_id=self.model_id,
            )
