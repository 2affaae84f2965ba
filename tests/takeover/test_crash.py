"""Home Assistant is killed during a take-over: the next start ends it, and tells all.

It saves its entries after a second, and its registries later, each by itself.
"""

from typing import Any

from homeassistant.config_entries import ConfigEntries, ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.takeover.importing import CONF_IMPORT

from ..conftest import make_entry
from .conftest import StoredPrinter
from .left import SERIAL, Left, leave
from .restarting import async_store, present, started_again
from .test_import import OTHERS, add
from .test_shapes import CASES, start, told


@pytest.fixture
def expected_lingering_timers() -> bool:
    """Home Assistant does not cancel its cleaning of devices when it stops."""
    return True


LOST = {
    "entities and device": (er.STORAGE_KEY, dr.STORAGE_KEY),
    "entities": (er.STORAGE_KEY,),
    "device": (dr.STORAGE_KEY,),
}


class Outcome(dict[str, Any]):
    """What a take-over leaves: all that must be the same with a crash and without."""


def outcome(hass: HomeAssistant, left: Left, entry: ConfigEntry) -> Outcome:
    """Return what became of all that was left."""
    issue = told(hass, Left(entry, left.entities, left.device))  # type: ignore[arg-type] # only its id is read
    mine = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return Outcome(
        issue={key: value for key, value in issue.items() if key != "printer"},
        entities={each.entity_id: each.unique_id for each in mine},
        ids={
            kind: (heir.id, heir.unique_id, heir.platform, heir.config_entry_id)
            for kind in left.entities
            if (heir := left.heir(hass, kind)) is not None
        },
        devices=[
            (each.id, each.name_by_user, each.area_id, each.identifiers)
            for each in devices
        ]
        if left.device
        else len(devices),
        statuses=[
            each.entity_id
            for each in mine
            if (state := hass.states.get(each.entity_id)) is not None
            and state.attributes.get("restored")
        ],
    )


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize(
    "case",
    [
        "ghosttypes",
        "ghosttypes, four tools",
        "cestmoiroma",
        "joseffallman, 5M",
        "pcartwright81",
    ],
)
async def test_a_migration_whose_registries_were_not_saved_is_done_again(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    stored_printer: StoredPrinter,
    case: str,
    lost: str,
) -> None:
    name, model, changes = CASES[case]
    printer = await stored_printer(model)
    left = leave(hass, name, port=printer.http_port, **changes)
    await async_store(hass, hass_storage)
    before = {key: hass_storage[key] for key in LOST[lost]}
    await start(hass, left)
    for flow in hass.config_entries.flow.async_progress():
        hass.config_entries.flow.async_abort(flow["flow_id"])
    whole = outcome(hass, left, left.entry)
    assert whole["statuses"] == []
    async with started_again(hass, hass_storage, present, before) as again:
        (entry,) = again.config_entries.async_entries(DOMAIN)
        assert entry.state is ConfigEntryState.LOADED
        assert outcome(again, left, entry) == whole


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("name", OTHERS)
async def test_an_import_whose_registries_were_not_saved_is_done_again(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    stored_printer: StoredPrinter,
    name: str,
    lost: str,
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, name)
    await async_store(hass, hass_storage)
    before = {key: hass_storage[key] for key in LOST[lost]}
    added = await add(hass, printer, "take_over")
    whole = outcome(hass, left, added)
    async with started_again(hass, hass_storage, present, before) as again:
        (entry,) = again.config_entries.async_entries()
        assert entry.state is ConfigEntryState.LOADED
        assert outcome(again, left, entry) == whole


class KilledError(Exception):
    """Nothing after this step happens."""


class Steps:
    """Counts the changes of an import, and ends it at one of them."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        """Count calls of all that an import changes."""
        self.count = 0
        self.of_import: int | None = None
        self.last: int | None = None
        for owner, name in (
            (er.EntityRegistry, "async_update_entity_platform"),
            (dr.DeviceRegistry, "async_update_device"),
            (ConfigEntries, "async_update_entry"),
            (ConfigEntries, "async_remove"),
        ):
            patch.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, call: Any) -> Any:
        def counted(*args: Any, **options: Any) -> Any:
            if self.last is not None and self.count >= self.last:
                raise KilledError
            self.count += 1
            data = options.get("data")
            if self.of_import is None and data and CONF_IMPORT not in data:
                self.of_import = self.count
            return call(*args, **options)

        return counted


@pytest.mark.parametrize("name", OTHERS)
async def test_an_import_that_stops_after_any_step_goes_on(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    stored_printer: StoredPrinter,
    name: str,
) -> None:
    """All that was done is stored, and the rest is done after the next start."""
    printer = await stored_printer("5m_pro")
    left = leave(hass, name)
    ours = make_entry(printer)
    ours.add_to_hass(hass)
    hass.config_entries.async_update_entry(
        ours, data={**ours.data, CONF_IMPORT: left.entry.entry_id}
    )
    await async_store(hass, hass_storage)
    stored = dict(hass_storage)

    async def run(last: int | None) -> tuple[int, Outcome]:
        with pytest.MonkeyPatch.context() as patch:
            steps = Steps(patch)
            steps.last = last
            async with started_again(hass, hass_storage, present, stored) as first:
                (entry,) = first.config_entries.async_entries(DOMAIN)
                if last is None:
                    assert entry.state is ConfigEntryState.LOADED
                    assert steps.of_import is not None
                    return steps.of_import, outcome(first, left, entry)
                patch.undo()
                async with started_again(first, hass_storage, present) as again:
                    (entry,) = again.config_entries.async_entries()
                    assert entry.state is ConfigEntryState.LOADED
                    return steps.count, outcome(again, left, entry)

    count, whole = await run(None)
    assert whole["entities"]
    assert SERIAL in next(iter(whole["entities"].values()))
    assert count > len(whole["ids"])
    for last in range(count):
        _, after = await run(last)
        assert after == whole, last
