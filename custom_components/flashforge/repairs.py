"""Flows that fix the issues of a printer."""

from collections.abc import Mapping
from typing import TypeGuard, override

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    FlowType,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import probatio

from .api import (
    FlashForgeError,
    LanModeError,
    OtherPrinterError,
    RefusedError,
    WrongSerialError,
)
from .const import DOMAIN
from .coordinator import FlashForgeConfigEntry
from .plain_text import plain_texts
from .takeover.report import ISSUE as TAKEN_OVER, async_close_report
from .takeover.telling import async_tell

type IssueData = dict[str, str | int | float | None]


class _PrinterFlow(RepairsFlow):
    """Fixes an issue of one printer after the user has read about it."""

    def __init__(self, entry: FlashForgeConfigEntry) -> None:
        """Fix an issue of one printer."""
        self._entry = entry

    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Start with the explanation."""
        return self._explain()

    def _explain(self, errors: dict[str, str] | None = None) -> RepairsFlowResult:
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        return self.async_show_form(
            step_id="confirm",
            data_schema=probatio.Schema({}),
            description_placeholders=issue.translation_placeholders if issue else None,
            errors=errors,
        )


class CheckAgainFlow(_PrinterFlow):
    """Waits until the user has fixed it at the printer, and polls to check that."""

    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Ask the printer again."""
        if self._entry.state is ConfigEntryState.LOADED:
            coordinator = self._entry.runtime_data
            await coordinator.async_refresh()
            if _may_be_off(coordinator.problem):
                return self._explain({"base": coordinator.problem.key})
        return self.async_create_entry(data={})


def _may_be_off(problem: FlashForgeError | None) -> TypeGuard[FlashForgeError]:
    """Return whether LAN mode is off, or may be: any other refusal shows that it is on."""
    return problem is not None and (
        isinstance(problem, LanModeError)
        or not isinstance(problem, RefusedError | OtherPrinterError)
    )


class HandOverFlow(_PrinterFlow):
    """Continues in a dialog of the config flow, which fixes the issue."""

    source: str

    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Continue in the open dialog, or in a new one."""
        return self.async_abort(
            reason="continued",
            next_flow=(FlowType.CONFIG_FLOW, await self._async_dialog()),
        )

    async def _async_dialog(self) -> str:
        """Return the id of the dialog; the issue stays until a poll shows that it is fixed."""
        for flow in self._entry.async_get_active_flows(self.hass, {self.source}):
            return flow["flow_id"]
        flow = await self.hass.config_entries.flow.async_init(
            DOMAIN,
            context={
                "source": self.source,
                "entry_id": self._entry.entry_id,
                "unique_id": self._entry.unique_id,
                "title_placeholders": plain_texts({"name": self._entry.title}),
            },
            # Given data would count as user input.
            data=None,
        )
        return flow["flow_id"]


class NewAddressFlow(HandOverFlow):
    """Continues in the dialog for the address."""

    source = SOURCE_RECONFIGURE


class ReadFlow(_PrinterFlow):
    """Closes the report about a take-over when it was read."""

    @override
    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Show what uses the entities at this moment: a person changes one after another."""
        await async_tell(self.hass, self._entry)
        return self._explain()

    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Forget it."""
        async_close_report(self.hass, self._entry)
        return self.async_create_entry(data={})


_FLOWS: Mapping[str, type[_PrinterFlow]] = {
    LanModeError.key: CheckAgainFlow,
    WrongSerialError.key: NewAddressFlow,
    OtherPrinterError.key: NewAddressFlow,
    TAKEN_OVER: ReadFlow,
}


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: IssueData | None
) -> RepairsFlow:
    """Return the flow that fixes an issue."""
    facts = data or {}
    entry = hass.config_entries.async_get_entry(str(facts.get("entry_id")))
    if entry is None:
        # Its printer was deleted while the list of repairs was open.
        return ConfirmRepairFlow()
    return _FLOWS[str(facts.get("key"))](entry)
