"""The remaining time of a job, from numbers with three meanings on three firmwares."""

_PRINTING = "printing"

LONGEST = 2_592_000.0
"""The longest job or estimate in seconds: 30 days."""

_ENOUGH = 0.02
# Below this progress, the slow first layers spoil our own estimate.


def _seconds(value: float | None) -> float | None:
    """Return a duration in seconds, None when it cannot be one."""
    # This comparison is False for NaN as well.
    return value if value is not None and 0 <= value <= LONGEST else None


def _fraction(progress: float | None) -> float | None:
    """Return the progress from 0 to 1; some firmware sends percent."""
    if progress is None:
        return None
    fraction = progress / 100 if progress > 1 else progress
    return fraction if 0 <= fraction <= 1 else None


def remaining(
    status: str | None,
    progress: float | None,
    duration: float | None,
    estimate: float | None,
) -> float | None:
    """Return the remaining seconds of a printing job, None when they are not known.

    ``status`` is the printer's word, ``progress`` the part done (0–1, or percent when
    above 1), ``duration`` the seconds printed so far and ``estimate`` the printer's
    ``estimatedTime``. Depending on the firmware this is the remaining time, the total or
    a copy of ``duration``. Our own estimate is linear in progress; it only decides which
    of them it is, because the printer's number is more exact
    (docs/protocol/detail.md §3.1).
    """
    if status is None or status.strip().lower() != _PRINTING:
        return None
    done = _fraction(progress)
    elapsed = _seconds(duration)
    stated = _seconds(estimate)
    if done is not None and done >= _ENOUGH and elapsed:
        own = elapsed * (1 - done) / done
        # A copy of the duration is useless, and at half time it looks like the rest.
        if stated is None or stated == elapsed:
            return own
        meanings = (stated, stated - elapsed)
        sane = [each for each in meanings if each > 0 and own / 2 <= each <= own * 2]
        return min(sane, key=lambda each: abs(each - own), default=own)
    if stated and (elapsed or 0) <= stated / 10:
        return stated
    return None
