"""Problems that the owner of a printer has to fix, as issues in Home Assistant's repairs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.event import async_track_time_interval

from .api import (
    FlashForgeError,
    LanModeError,
    OtherPrinterError,
    RefusedError,
    UnreachableError,
    UnreadableError,
    WrongSerialError,
)
from .api.network import moonraker
from .const import DOMAIN, MOONRAKER_INTEGRATION, MOONRAKER_PROBE_INTERVAL, REPOSITORY
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .plain_text import plain_texts

type Facts = Callable[[FlashForgeCoordinator], dict[str, str]]
"""What fills placeholders besides printer and model."""

type Condition = Callable[[FlashForgeCoordinator], bool | None]
"""Whether the problem exists; None leaves the issue as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A problem to fix; ``key`` names its texts, and its flow if it is ``fixable``."""

    key: str
    holds: Condition
    fixable: bool = True
    severity: ir.IssueSeverity = ir.IssueSeverity.ERROR
    learn_more: str | None = None
    facts: Facts = lambda _: {}

    def id_of(self, entry: FlashForgeConfigEntry) -> str:
        """Return the id of this issue of one printer."""
        return f"{self.key}_{entry.entry_id}"


_ANSWERED = (RefusedError, UnreadableError, OtherPrinterError)
"""Problems of a device that answers."""


def _offline_for(kind: type[FlashForgeError]) -> Condition:
    """Return whether a printer counts as offline for one reason."""

    def holds(coordinator: FlashForgeCoordinator) -> bool | None:
        if coordinator.online:
            return False
        if isinstance(coordinator.problem, kind):
            return True
        # Silence proves nothing: a printer is switched off and on to fix it.
        return False if isinstance(coordinator.problem, _ANSWERED) else None

    return holds


def _is_unknown_model(coordinator: FlashForgeCoordinator) -> bool | None:
    return not coordinator.printer.model.described if coordinator.online else None


ISSUES: tuple[Issue, ...] = (
    Issue(key=LanModeError.key, holds=_offline_for(LanModeError)),
    Issue(key=WrongSerialError.key, holds=_offline_for(WrongSerialError)),
    Issue(key=OtherPrinterError.key, holds=_offline_for(OtherPrinterError)),
    Issue(
        key="two_addresses",
        holds=lambda coordinator: bool(coordinator.found.rivals),
        fixable=False,
        severity=ir.IssueSeverity.WARNING,
        facts=lambda coordinator: {
            "host": coordinator.printer.host,
            "others": ", ".join(coordinator.found.rivals),
        },
    ),
    Issue(
        key="unknown_model",
        holds=_is_unknown_model,
        fixable=False,
        severity=ir.IssueSeverity.WARNING,
        learn_more=f"{REPOSITORY}/issues/new?template=new_model.yml",
    ),
    Issue(
        key="moonraker",
        holds=lambda coordinator: (
            not coordinator.online and coordinator.found.moonraker
        ),
        fixable=False,
        learn_more=MOONRAKER_INTEGRATION,
    ),
)
"""All issues, and when they exist.

For a refused check code, Home Assistant has its own, which printer/code_dialog.py opens.
"""


@callback
def async_keep_issues(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
    """Keep the issues of a printer up to date until it is unloaded."""
    coordinator = entry.runtime_data
    look_for_moonraker = _MoonrakerCheck(hass, entry)

    @callback
    def look(_now: datetime | None = None) -> None:
        look_for_moonraker()
        for issue in ISSUES:
            _async_judge(hass, entry, issue)

    @callback
    def withdraw() -> None:
        registry = ir.async_get(hass)
        for issue in ISSUES:
            shown = registry.async_get_issue(DOMAIN, issue.id_of(entry))
            # An issue that the user ignores is kept, so that a reload does not show it again.
            if shown is not None and shown.dismissed_version is None:
                ir.async_delete_issue(hass, DOMAIN, issue.id_of(entry))

    entry.async_on_unload(coordinator.async_add_listener(look))
    # The coordinator does not call listeners while a printer stays away.
    entry.async_on_unload(
        async_track_time_interval(hass, look, MOONRAKER_PROBE_INTERVAL)
    )
    entry.async_on_unload(withdraw)
    look()


@callback
def async_remove_issues(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
    """Delete all issues of a printer, also ignored ones."""
    for issue in ISSUES:
        ir.async_delete_issue(hass, DOMAIN, issue.id_of(entry))


@callback
def _async_judge(
    hass: HomeAssistant, entry: FlashForgeConfigEntry, issue: Issue
) -> None:
    """Show an issue, delete it, or leave it as it is."""
    holds = issue.holds(entry.runtime_data)
    if holds is False:
        ir.async_delete_issue(hass, DOMAIN, issue.id_of(entry))
    if not holds:
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue.id_of(entry),
        data={"entry_id": entry.entry_id, "key": issue.key},
        is_fixable=issue.fixable,
        learn_more_url=issue.learn_more,
        severity=issue.severity,
        translation_key=issue.key,
        translation_placeholders=plain_texts(
            {
                "printer": entry.title,
                "model": entry.runtime_data.record.model_name,
                **issue.facts(entry.runtime_data),
            }
        ),
    )


class _MoonrakerCheck:
    """Probes for Moonraker where the printer's own interface is missing.

    A silent printer is off, so only one that refuses or answers unreadably is asked.
    """

    def __init__(self, hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
        """Prepare; nothing is asked of a printer that answers."""
        self._hass = hass
        self._entry = entry
        self._next = 0.0

    @callback
    def __call__(self) -> None:
        """Ask in the background if there is a reason."""
        coordinator = self._entry.runtime_data
        if coordinator.online:
            self._next = 0.0
            coordinator.found.moonraker = False
        elif _speaks_otherwise(coordinator.problem) and monotonic() >= self._next:
            self._next = monotonic() + MOONRAKER_PROBE_INTERVAL.total_seconds()
            self._entry.async_create_background_task(
                self._hass, self._ask(coordinator), "flashforge moonraker check"
            )

    async def _ask(self, coordinator: FlashForgeCoordinator) -> None:
        session = async_get_clientsession(self._hass)
        found = await moonraker.answers(session, coordinator.printer.host)
        if found and not coordinator.online:
            coordinator.found.moonraker = True
            coordinator.async_update_listeners()


def _speaks_otherwise(problem: FlashForgeError | None) -> bool:
    return isinstance(problem, UnreadableError) or (
        isinstance(problem, UnreachableError) and problem.refused
    )
