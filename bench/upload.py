"""A large file on its way to a printer that prints: memory, polls and the event loop."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
import tempfile
from time import monotonic, process_time

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.coordinator import FlashForgeConfigEntry

from .gauges import forget_peak, lateness, peak_rss, rss, summary
from .home import add, home_assistant
from .outside import Outside, outside

MODEL = "ad5x"

_MEGABYTES = 200
_WARM_UP = 2

_POLL = 5.0
"""Seconds between two polls of a printer that prints (docs/design.md, timing)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Seconds that the slow printer rests after each megabyte."""

    rest: float


FULL = Effort(rest=0.12)
QUICK = Effort(rest=0.03)


class _Uploads:
    """The action, as an automation calls it, with files of any size."""

    def __init__(
        self, hass: HomeAssistant, world: Outside, entry: FlashForgeConfigEntry
    ) -> None:
        devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
        self._hass = hass
        self._world = world
        self._entry = entry
        self._device = devices[0].id

    async def send(self, path: Path) -> None:
        """Put a file on the printer."""
        call = {ATTR_DEVICE_ID: self._device, "path": str(path), "replace": True}
        await self._hass.services.async_call(DOMAIN, "upload_file", call, blocking=True)

    async def measure(self, path: Path) -> tuple[dict[str, float], list[float]]:
        """Put a large file on the printer; return what it took and when polls came."""
        await self._world.requests()
        before = rss()
        forget_peak()
        with lateness() as lags:
            start, cpu = monotonic(), process_time()
            await self.send(path)
            cpu = process_time() - cpu
            seconds = monotonic() - start
        growth = peak_rss() - before
        # The next poll is not due yet: this one marks the end.
        await self._entry.runtime_data.async_refresh()
        return {
            "seconds": seconds,
            "mb_per_s": _MEGABYTES / seconds,
            "cpu_ms_per_mb": cpu * 1000 / _MEGABYTES,
            "rss_growth_mb": growth,
            **summary(lags),
        }, await self._world.polls()


def rhythm(times: Sequence[float]) -> dict[str, float]:
    """Return how well the polls kept their time.

    The first of them is the action's own, which makes the state fresh, and the last one
    marks the end.
    """
    return {
        "polls": len(times) - 2,
        "polls_due": (times[-1] - times[0]) // _POLL,
        "poll_gap_s": max(late - early for early, late in pairwise(times)),
    }


async def measure(*, quick: bool) -> dict[str, object]:
    """Measure as fast as this machine is, and at the pace of a printer."""
    effort = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="flashforge-bench-") as folder:
        gcode, threemf = (Path(folder, f"big.{kind}") for kind in ("gcode", "3mf"))
        async with outside() as world, home_assistant() as hass:
            hass.config.allowlist_external_dirs.add(folder)
            (printer,) = await world.make(model=MODEL, printing=True)
            uploads = _Uploads(hass, world, await add(hass, printer))
            for path in (gcode, threemf):
                # What is imported or started with the first upload is no part of it.
                await world.slice_file(path, _WARM_UP)
                await uploads.send(path)
                await world.slice_file(path, _MEGABYTES)
            fast, _ = await uploads.measure(gcode)
            await world.drag(effort.rest)
            slow, polls = await uploads.measure(threemf)
    return {
        "upload": {
            "megabytes": _MEGABYTES,
            "rss_growth_mb": max(fast["rss_growth_mb"], slow["rss_growth_mb"]),
            **rhythm(polls),
            "fast": fast,
            "slow": slow,
        }
    }
