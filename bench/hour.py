"""How many rows one printing hour leaves in the recorder's database."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
import sqlite3
import tempfile

from homeassistant.components.recorder import get_instance
from homeassistant.util import dt as dt_util

from .home import add, home_assistant
from .outside import outside

MODELS = ("ad5x", "creator5_pro")
"""The one with the most on it of each kind: a material station, four nozzles."""

_HOUR = 3600
_POLL = 5

_COUNT = """
    SELECT metadata.entity_id, count(*) FROM states
    JOIN states_meta AS metadata USING (metadata_id) GROUP BY 1 ORDER BY 2 DESC
"""


class Clock:
    """The time of Home Assistant, which can be put forward."""

    def __init__(self) -> None:
        """Begin with the real time."""
        self._ahead = timedelta()
        self._real = dt_util.utcnow

    def now(self) -> datetime:
        """Return the present moment, as ``dt_util.utcnow`` does."""
        return self._real() + self._ahead

    @contextmanager
    def in_force(self) -> Generator[None]:
        """Let Home Assistant look at this clock."""
        dt_util.utcnow = partial(self.now)
        try:
            yield
        finally:
            dt_util.utcnow = self._real

    def advance(self, seconds: float) -> None:
        """Put it forward."""
        self._ahead += timedelta(seconds=seconds)


def _rows(database: Path) -> dict[str, int]:
    """Return the rows of each entity, most first."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return dict(connection.execute(_COUNT).fetchall())


async def _print_for_an_hour(model: str) -> dict[str, int]:
    """Return the rows that each entity of one printer leaves."""
    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="flashforge-bench-db-") as folder:
        database = Path(folder) / "recorder.db"
        config = {"recorder": {"db_url": f"sqlite:///{database}", "commit_interval": 1}}
        async with outside() as world, home_assistant(config) as hass:
            (printer,) = await world.make(
                model=model, printing=True, still=True, hours=2
            )
            coordinator = (await add(hass, printer)).runtime_data
            await get_instance(hass).async_block_till_done()
            before = _rows(database)
            with clock.in_force():
                for _ in range(_HOUR // _POLL):
                    clock.advance(_POLL)
                    await world.advance(_POLL)
                    await coordinator.async_refresh()
            assert coordinator.data.has_job, "the job ended within the hour"
            await get_instance(hass).async_block_till_done()
            after = _rows(database)
    rows = {name: count - before.get(name, 0) for name, count in after.items()}
    return {name: count for name, count in rows.items() if count}


async def measure(*, quick: bool) -> dict[str, object]:
    """Let printers print for an hour, poll by poll, and read what was recorded.

    Every poll is a real one; only the waiting between two of them is left out, so that
    quick and full are the same here.
    """
    rows = {model: await _print_for_an_hour(model) for model in MODELS}
    return {
        "recorder_rows_per_hour": max(sum(each.values()) for each in rows.values()),
        "recorder_rows": rows,
    }
