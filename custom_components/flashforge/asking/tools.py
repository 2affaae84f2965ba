"""The tools for language models.

Rights are checked when a tool is called: as for actions, the person must have permission
for all entities of the printer.
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, override

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.llm import (
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)
from homeassistant.util.json import JsonObjectType
import probatio

from ..actions import text
from ..api import Command, StoredFile
from ..api.commands import controls, job
from ..api.commands.planning import PrintWish
from ..const import DOMAIN
from ..coordinator import FlashForgeConfigEntry
from ..exceptions import refused, translated
from ..permissions import async_check_context
from ..prints.start import print_stored
from . import facts
from .printers import LIGHT, START, async_exposed_entity, async_meant, async_readable

_PRINTER = "printer"
_CONFIRMED = "confirmed"
_FILE = "file"
_ON = "on"

READS = ToolAnnotations(
    read_only=True, destructive=False, idempotent=True, open_world=False
)
CHANGES = ToolAnnotations(destructive=False, idempotent=True, open_world=False)
ENDS_A_PRINT = ToolAnnotations(idempotent=True, open_world=False)
STARTS_A_PRINT = ToolAnnotations(open_world=False)
"""It heats and moves, and uses filament that does not come back."""


class PrinterTool(Tool):
    """A tool for one printer, which may be left out when there is only one."""

    integration = DOMAIN

    needs: tuple[str, str] | None = None
    """The entity that must be exposed, because it does the same."""

    def __init__(self, names: Sequence[str]) -> None:
        """Offer the printers of these names."""
        name = probatio.Required if len(names) > 1 else probatio.Optional
        self.parameters = probatio.Schema(
            {name(_PRINTER): probatio.In(list(names)), **self._fields()}
        )

    def _fields(self) -> dict[Any, Any]:
        """Return the parameters besides the printer."""
        return {}

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Call the tool; what is refused is its result, in words."""
        context = llm_context.context or Context()
        try:
            data = self.parameters(tool_input.tool_args)
        except probatio.Invalid as err:
            return ToolResult(data={"error": str(err)}, error=True)
        try:
            printers = await async_readable(hass, llm_context.assistant, context)
            entry = async_meant(hass, printers, data.get(_PRINTER))
            if not self.annotations.read_only:
                await async_check_context(hass, context, entry.entry_id)
            if self.needs is not None and not async_exposed_entity(
                hass, llm_context.assistant, entry, self.needs
            ):
                raise refused("not_exposed", printer=entry.title)
            return ToolResult(data=await self.answer(entry, data))
        except HomeAssistantError as err:
            return ToolResult(data={"error": str(err)}, error=True)

    @abstractmethod
    async def answer(
        self, entry: FlashForgeConfigEntry, data: Mapping[str, Any]
    ) -> JsonObjectType:
        """Return the result. Raises ``HomeAssistantError``."""


class StatusTool(PrinterTool):
    """Reads the state of a printer."""

    name = f"{DOMAIN}__get_status"
    title = "Get printer status"
    description = (
        "Get what a 3D printer does now: status, file, progress, time left, finish "
        "time, temperatures, loaded filament, light, errors, and whether a finished "
        "print is still on the plate."
    )
    annotations = READS

    @override
    async def answer(
        self, entry: FlashForgeConfigEntry, data: Mapping[str, Any]
    ) -> JsonObjectType:
        return facts.status(entry.runtime_data)


class TemperaturesTool(PrinterTool):
    """Reads how hot the parts of a printer are."""

    name = f"{DOMAIN}__get_temperatures"
    title = "Get printer temperatures"
    description = "Get temperatures and targets of nozzles, bed and chamber of a 3D printer in °C."
    annotations = READS

    @override
    async def answer(
        self, entry: FlashForgeConfigEntry, data: Mapping[str, Any]
    ) -> JsonObjectType:
        return facts.temperatures(entry.runtime_data)


class FilesTool(PrinterTool):
    """Lists the files of a printer."""

    name = f"{DOMAIN}__list_files"
    title = "List files on the printer"
    description = "List the files that are stored on a 3D printer, newest first."
    annotations = READS

    @override
    async def answer(
        self, entry: FlashForgeConfigEntry, data: Mapping[str, Any]
    ) -> JsonObjectType:
        with translated():
            files = await entry.runtime_data.shelf.refresh()
        return {"files": [facts.file(each) for each in files]}


class StartTool(PrinterTool):
    """Starts a stored file with the slots that match its materials."""

    name = f"{DOMAIN}__start_print"
    title = "Start a print"
    description = (
        "Print a file that is stored on a 3D printer; slots are chosen by material and "
        "color. The printer heats and moves. Ask the user to confirm the file and that "
        "the plate is empty, and call it only then."
    )
    annotations = STARTS_A_PRINT
    needs = START

    @override
    def _fields(self) -> dict[Any, Any]:
        return {
            probatio.Required(
                _FILE, description="Name of the file, or a part of it that only one has"
            ): text(),
            probatio.Required(
                _CONFIRMED, description="True once the user has confirmed it"
            ): cv.boolean,
        }

    @override
    async def answer(
        self, entry: FlashForgeConfigEntry, data: Mapping[str, Any]
    ) -> JsonObjectType:
        if not data[_CONFIRMED]:
            raise refused("user_must_confirm")
        coordinator = entry.runtime_data
        with translated():
            stored = _stored(await coordinator.shelf.refresh(), data[_FILE])
            plan = await print_stored(coordinator, stored.name, PrintWish())
        return {
            "started": True,
            **facts.file(stored),
            "slots": [
                {"tool": each.tool + 1, "slot": each.slot, "material": each.material}
                for each in plan.options.mappings
            ],
            "check": [*plan.concerns, *(each.concern for each in plan.remarks)],
        }


def _stored(files: Sequence[StoredFile], said: str) -> StoredFile:
    """Return the file of this name, or the only one with this in its name."""
    wanted = said.casefold()
    named = [each for each in files if each.name.casefold() == wanted]
    named = named or [each for each in files if wanted in each.name.casefold()]
    if len(named) != 1:
        raise refused("which_file", file=said, count=str(len(named)))
    return named[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A command of a tool without further parameters."""

    key: str
    title: str
    description: str
    command: Callable[[], Command]
    annotations: ToolAnnotations = CHANGES
    asks: bool = False
    """Whether the user must have confirmed it."""


CONTROLS: tuple[Control, ...] = (
    Control(
        key="pause_print",
        title="Pause the print",
        description="Pause the print of a 3D printer. It can be resumed.",
        command=job.pause,
    ),
    Control(
        key="resume_print",
        title="Resume the print",
        description="Resume the paused print of a 3D printer.",
        command=job.resume,
    ),
    Control(
        key="cancel_print",
        title="Cancel the print",
        description=(
            "Cancel the print of a 3D printer for good. It cannot be continued. Ask the "
            "user to confirm it, and call it only then."
        ),
        command=job.cancel,
        annotations=ENDS_A_PRINT,
        asks=True,
    ),
)
"""The job control."""


class ControlTool(PrinterTool):
    """Carries out a command."""

    def __init__(self, names: Sequence[str], control: Control) -> None:
        """Take the words of the table."""
        self._control = control
        self.name = f"{DOMAIN}__{control.key}"
        self.title = control.title
        self.description = control.description
        self.annotations = control.annotations
        super().__init__(names)

    @override
    def _fields(self) -> dict[Any, Any]:
        if not self._control.asks:
            return {}
        confirmed = probatio.Required(
            _CONFIRMED, description="True once the user has confirmed it"
        )
        return {confirmed: cv.boolean}

    @override
    async def answer(
        self, entry: FlashForgeConfigEntry, data: Mapping[str, Any]
    ) -> JsonObjectType:
        if self._control.asks and not data[_CONFIRMED]:
            raise refused("user_must_confirm")
        coordinator = entry.runtime_data
        await coordinator.async_command(self._control.command())
        return facts.status(coordinator)


class LightTool(PrinterTool):
    """Switches the light inside a printer."""

    name = f"{DOMAIN}__set_light"
    title = "Switch the printer's light"
    description = "Switch the light inside a 3D printer on or off."
    annotations = CHANGES
    needs = LIGHT

    @override
    def _fields(self) -> dict[Any, Any]:
        return {probatio.Required(_ON): cv.boolean}

    @override
    async def answer(
        self, entry: FlashForgeConfigEntry, data: Mapping[str, Any]
    ) -> JsonObjectType:
        coordinator = entry.runtime_data
        await coordinator.async_command(controls.light(data[_ON]))
        return {"light_on": coordinator.data.light}
