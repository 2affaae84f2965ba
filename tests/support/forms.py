"""The forms of the config flow that many tests begin with."""

from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult
from homeassistant.core import HomeAssistant

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.forms import CONF_PRINTER, MANUAL


async def address_form(hass: HomeAssistant) -> ConfigFlowResult:
    """Choose to type the address of a new printer, and return the form for it."""
    manager = hass.config_entries.flow
    flow = await manager.async_init(DOMAIN, context={"source": SOURCE_USER})
    await hass.async_block_till_done(wait_background_tasks=True)
    flow = await manager.async_configure(flow["flow_id"])
    if flow["step_id"] == "user":
        flow = await manager.async_configure(flow["flow_id"], {CONF_PRINTER: MANUAL})
    assert flow["step_id"] == "manual"
    return flow
