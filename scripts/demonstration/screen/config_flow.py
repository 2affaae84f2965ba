"""Adds the receiver without a question."""

from typing import Any, override

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult


class ScreenFlow(ConfigFlow, domain="demo_screen"):
    """The flow that the demo starts."""

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Add it at once."""
        return self.async_create_entry(title="Screen", data={})
