"""What of the last print is read from a store that another version may have written."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
import json

from homeassistant.core import HomeAssistant
from hypothesis import given, strategies as st
import pytest

from custom_components.flashforge.api import (
    FileTool,
    Job,
    MaterialMapping,
    PrinterState,
    PrintOptions,
    Status,
)
from custom_components.flashforge.api.commands.planning import Feeding
from custom_components.flashforge.printer.job_events import PrintEventType
from custom_components.flashforge.printer.job_log import JobLog, job_store, read_memory
from custom_components.flashforge.printer.last_print import (
    LastPrint,
    LastPrints,
    start_of,
)

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
START = start_of(
    3,
    "a.3mf",
    Feeding.AUTO,
    PrintOptions(
        leveling=False,
        time_lapse=True,
        mappings=(
            MaterialMapping(
                tool=1,
                slot=4,
                material="PLA",
                tool_color="#FF0000",
                slot_color="#EE0000",
            ),
        ),
    ),
)
LAST = LastPrint(
    result=PrintEventType.CANCELED,
    file="a.3mf",
    began=NOON,
    ended=NOON + timedelta(hours=1),
    duration=3500.0,
    weight=12.5,
    slots=(4,),
    start=START,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def read(stored: object) -> LastPrints:
    prints = LastPrints()
    prints.load(stored)
    return prints


def test_it_comes_back_from_a_file() -> None:
    prints = LastPrints()
    prints.last = LAST
    prints.expect(START)
    again = read(json.loads(json.dumps(prints.stored())))
    assert again.last == LAST
    assert again.stored() == prints.stored()
    assert START.wish.slots == {1: 4}
    assert START.tools == (FileTool(tool=1, material="PLA", color="#FF0000"),)


@pytest.mark.parametrize("field", [*LAST.as_stored()])
@given(value=JSON)
def test_one_field_costs_no_more_than_itself(field: str, value: object) -> None:
    last = read({"last_print": LAST.as_stored() | {field: value}}).last
    if field == "result":
        assert last is None or last.result in set(PrintEventType)
        return
    assert last is not None
    # A start is of the file that it names.
    same = replace(last, **{field: getattr(LAST, field)})
    assert same == LAST or field == "file"


@given(field=st.sampled_from([*START.as_stored()]), value=JSON)
def test_half_of_a_start_is_none(field: str, value: object) -> None:
    stored = LAST.as_stored() | {"start": START.as_stored() | {field: value}}
    last = read({"last_print": stored}).last
    assert last is not None
    if last.start is not None:
        assert json.dumps(last.start.as_stored())
        assert last.start.file == last.file
        assert len(last.start.wish.slots) <= 16


@given(JSON)
def test_anything_can_lie_in_the_store(stored: object) -> None:
    assert json.dumps(read(stored).stored())
    everything = {"last_print": stored, "start": stored, "slots": stored}
    assert json.dumps(read(everything).stored())


@pytest.mark.parametrize("moment", ["2026-99-99T12:00:00+00:00", "2026-11-26T12:00:00"])
def test_a_time_that_is_none(moment: str) -> None:
    last = read({"last_print": LAST.as_stored() | {"ended": moment}}).last
    assert last == replace(LAST, ended=None)


def test_texts_are_bounded() -> None:
    last = read({"last_print": LAST.as_stored() | {"file": "x" * 100_000}}).last
    assert last is not None
    assert last.file is not None
    assert len(last.file) == 255


async def test_an_older_version_reads_what_this_one_stores(hass: HomeAssistant) -> None:
    log = JobLog(hass, "entry")
    state = PrinterState(
        status=Status.COMPLETED, job=Job(file="a.3mf", elapsed=60, progress=100)
    )
    log.async_tell()
    log.update(state, NOON)
    await hass.async_block_till_done()
    await log.async_save()
    stored = await job_store(hass, "entry").async_load()
    assert stored is not None
    # It knows only these, and leaves the rest alone.
    assert read_memory(stored) == log.memory
    again = JobLog(hass, "entry")
    await again.async_load()
    assert again.prints.last == log.prints.last
    assert again.prints.last is not None
    assert again.prints.last.file == "a.3mf"


async def test_a_start_that_did_not_work_is_forgotten(hass: HomeAssistant) -> None:
    log = JobLog(hass, "entry")
    idle = PrinterState(status=Status.IDLE)
    log.update(idle, NOON)
    log.expect("a.3mf", Feeding.NONE, PrintOptions())
    log.start_failed()
    await _print(log, "a.3mf")
    assert log.prints.last is not None
    assert log.prints.last.start is None

    log.expect("a.3mf", Feeding.NONE, PrintOptions())
    await _print(log, "b.3mf")
    assert log.prints.last.start is None, "another file was started on the screen"

    log.expect("a.3mf", Feeding.NONE, PrintOptions())
    await _print(log, "a.3mf", fails=True)
    start = log.prints.last.start
    assert start is not None
    assert start.wish.feeding is Feeding.NONE


async def _print(log: JobLog, file: str, *, fails: bool = False) -> None:
    """Let a printer print a file; the answer to the start may fail after it began."""
    now = log.memory.seen if log.memory else NOON
    for status in (Status.IDLE, Status.PRINTING, Status.COMPLETED, Status.IDLE):
        now += timedelta(seconds=5)
        job = Job(file=None if status is Status.IDLE else file, elapsed=60)
        log.update(PrinterState(status=status, job=job), now)
        if fails and status is Status.PRINTING:
            log.start_failed()
