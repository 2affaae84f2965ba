"""The options of a printer: what it does not report itself."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlowWithReload
from homeassistant.const import Platform
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN
from .forms import options_schema

_CHOSEN = frozenset({Platform.CAMERA, Platform.SENSOR, Platform.SWITCH})


class FlashForgeOptionsFlow(OptionsFlowWithReload):
    """Ask for what a printer does not report itself."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for all options."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(
                options_schema(self._own()), self.config_entry.options
            ),
        )

    def _own(self) -> list[str]:
        """Return the entities of all printers that an option could be."""
        return [
            entity.entity_id
            for entity in er.async_get(self.hass).entities.values()
            if entity.platform == DOMAIN and entity.domain in _CHOSEN
        ]
