"""A day of ten printers in which everything that can go wrong does, at random."""

from collections.abc import Iterator
import gc
import logging
from pathlib import Path
from random import Random
import resource
from typing import override
from unittest.mock import Mock

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
import pytest

from simulator import Printer
from tests.conftest import HTTP_MODELS, make_entry
from tests.support.networking import Network
from tests.support.timing import Time

from . import traces
from .lives import CODE, STEP, Life
from .older_lives import OlderLife
from .orders import STORED, write_ours
from .truth import untruths

MODELS: tuple[tuple[str, str | None], ...] = (
    *((model, None) for model in HTTP_MODELS),
    *((model, None) for model in ("5m_pro", "ad5x", "creator5_pro")),
    # One takes files in frames, the other takes the bare bytes.
    ("adventurer3", "1.1.7"),
    ("adventurer4", None),
)
"""The ten printers, each with a firmware or the usual one."""

SEED = 20261121
HOURS = 24
STEPS_PER_HOUR = round(3600 / STEP)
CALM = 1800
"""Seconds after the last trouble in which every printer has to be back."""

ADDRESSES = [f"127.0.92.{number}" for number in range(1, 250)]

SIZE = 1 << 20
"""Bytes of the file that is uploaded again and again."""

FLAT = 0.05
"""The part by which memory may change in the second half of the day."""


class Memory:
    """The memory in use after a garbage collection."""

    def __init__(self) -> None:
        self.objects: list[int] = []
        self.kilobytes: list[int] = []

    def look(self) -> None:
        """Take a sample now."""
        # The harness writes no file and keeps every call with all that it had to write.
        for name in ("_async_load", "_async_write_data"):
            recorder = getattr(getattr(Store, name), "mock", None)
            if isinstance(recorder, Mock):
                recorder.reset_mock()
        gc.collect()
        self.objects.append(len(gc.get_objects()))
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.kilobytes.append(pages * resource.getpagesize() // 1024)


def spread(samples: list[int]) -> float:
    """Return how far the samples of the second half lie from their mean, as a part."""
    half = samples[len(samples) // 2 :]
    mean = sum(half) / len(half)
    return max(abs(each - mean) for each in half) / mean


class Keeper(logging.Handler):
    """Keeps the errors in the log, and all lines of the integration."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.records: list[logging.LogRecord] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        # Without the exception, which would keep half a printer in memory.
        said = {"msg": record.getMessage(), "args": None}
        self.records.append(logging.makeLogRecord(record.__dict__ | said))


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[list[logging.LogRecord]]:
    """Return the log of the day; the harness keeps only a little of it."""
    caplog.set_level(logging.ERROR)
    caplog.set_level(logging.INFO, traces.OURS)
    keeper = Keeper()
    loggers = (logging.getLogger(), logging.getLogger(traces.OURS))
    # The harness keeps all records that reach the root logger.
    loggers[1].propagate = False
    for logger in loggers:
        logger.addHandler(keeper)
    yield keeper.records
    for logger in loggers:
        logger.removeHandler(keeper)
    loggers[1].propagate = True


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_a_day_of_ten_printers(
    hass: HomeAssistant,
    network: Network,
    time: Time,
    log: list[logging.LogRecord],
    tmp_path: Path,
) -> None:
    random = Random(SEED)
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    file = write_ours(tmp_path, size=SIZE)
    free = list(ADDRESSES)
    lives = []
    for model, firmware in MODELS:
        host = free.pop()
        printer = await network.printer(
            model, host=host, check_code=CODE, firmware=firmware
        )
        entry = make_entry(printer)
        entry.add_to_hass(hass)
        await time.passes_until(hass.config_entries.async_setup(entry.entry_id))
        kind = Life if printer.model.http else OlderLife
        lives.append(kind(hass, printer, random, free, file))
    memory = Memory()

    for _ in range(HOURS):
        for _ in range(STEPS_PER_HOUR):
            for life in lives:
                await life.step()
            await time.passes(STEP, min(life.stride for life in lives))
        for life in lives:
            life.count()
        memory.look()

    printers = [life.printer for life in lives]
    for life in lives:
        await life.mend()
    await time.passes(CALM, 15)
    for life in lives:
        await life.end()
    wrong = {each.serial: await untruths(hass, each, time) for each in printers}
    assert wrong == {each.serial: {} for each in printers}
    assert hass.config_entries.flow.async_progress() == []
    assert sum(life.mishaps for life in lives) > 5 * HOURS
    assert sum(life.deeds for life in lives) > 20 * HOURS
    takers = [each for each in printers if STORED.endswith(each.model.suffixes)]
    assert len(takers) > len(printers) // 2
    assert all(each.files[0].name == STORED for each in takers)
    assert all(0 < life.starts <= life.orders for life in lives)
    _assert_log(log, printers)
    await traces.assert_nothing_is_left(hass, time, printers)
    assert traces.open_below(tmp_path) == {}
    assert spread(memory.objects) < FLAT
    assert spread(memory.kilobytes) < FLAT


def _assert_log(log: list[logging.LogRecord], printers: list[Printer]) -> None:
    """Each printer has gone and returned in turn, and no line holds private data."""
    assert traces.failures(log) == []
    lines = traces.lines(log)
    by_printer = [
        [line for line in lines if f"…{each.serial[-4:]}" in line] for each in printers
    ]
    assert sum(map(len, by_printer)) == len(lines)
    for told in map(traces.goings, by_printer):
        assert told
        assert told == [True, False] * (len(told) // 2)
    secrets = {secret for each in printers for secret in traces.private(each)}
    names = {each.name for each in printers}
    assert not [each for each in secrets - names if each in "\n".join(lines)]
