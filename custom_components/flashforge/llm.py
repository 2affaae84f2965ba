"""The tools that a language model gets, by Assist and by the MCP server."""

from collections.abc import Callable, Sequence
from functools import partial

from homeassistant.components.llm import LLMTools
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.llm import LLM_API_ASSIST, LLMContext, Tool

from .asking.printers import async_exposed, async_exposed_entity, name_of
from .asking.tools import (
    CONTROLS,
    ControlTool,
    FilesTool,
    LightTool,
    PrinterTool,
    StartTool,
    StatusTool,
    TemperaturesTool,
)

_TOOLS: tuple[
    tuple[Callable[[Sequence[str]], PrinterTool], tuple[str, str] | None], ...
]
_TOOLS = (
    (StatusTool, StatusTool.needs),
    (TemperaturesTool, TemperaturesTool.needs),
    (FilesTool, FilesTool.needs),
    (StartTool, StartTool.needs),
    *((partial(ControlTool, control=each), ControlTool.needs) for each in CONTROLS),
    (LightTool, LightTool.needs),
)
"""What makes each tool, and the entity that must be exposed for it."""


@callback
def async_get_tools(
    hass: HomeAssistant, llm_context: LLMContext, api_id: str
) -> LLMTools | None:
    """Return the tools for the printers that are exposed to the assistant."""
    if api_id != LLM_API_ASSIST or not llm_context.assistant:
        return None
    assistant = llm_context.assistant
    tools: list[Tool] = []
    for make, needs in _TOOLS:
        names = [
            name_of(hass, entry)
            for entry in async_exposed(hass, assistant)
            if needs is None or async_exposed_entity(hass, assistant, entry, needs)
        ]
        if names:
            tools.append(make(names))
    return LLMTools(tools=tools) if tools else None
