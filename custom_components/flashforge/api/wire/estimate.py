"""How long a job still takes, from numbers that three firmwares mean three ways."""

_PRINTING = "printing"

LONGEST = 2_592_000.0
"""No job and no estimate lasts longer than 30 days, in seconds."""

_ENOUGH = 0.02
# Below this fraction done, our own estimate is dominated by the slow first layers.


def _seconds(value: float | None) -> float | None:
    """Return a duration in seconds, None when it cannot be one."""
    # Written so that NaN fails it as well.
    return value if value is not None and 0 <= value <= LONGEST else None


def _fraction(progress: float | None) -> float | None:
    """Return what part is done, 0 to 1; some firmware sends percent."""
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
    """Return the seconds a printing job still takes, None when nobody can tell.

    ``status`` is the printer's word, ``progress`` the part done (0–1, or percent when
    above 1), ``duration`` the seconds printed so far and ``estimate`` the printer's
    ``estimatedTime``: the time remaining, the total or a copy of ``duration``,
    depending on the firmware. Ours is linear in progress and only tells which of them
    it is, because the printer's own number knows the file (docs/protocol/detail.md §3.1).
    """
    if status is None or status.strip().lower() != _PRINTING:
        return None
    done = _fraction(progress)
    elapsed = _seconds(duration)
    stated = _seconds(estimate)
    if done is not None and done >= _ENOUGH and elapsed:
        own = elapsed * (1 - done) / done
        # A copy of the duration says nothing, and half way it looks like a remainder.
        if stated is None or stated == elapsed:
            return own
        meanings = (stated, stated - elapsed)
        sane = [each for each in meanings if each > 0 and own / 2 <= each <= own * 2]
        return min(sane, key=lambda each: abs(each - own), default=own)
    if stated and (elapsed or 0) <= stated / 10:
        return stated
    return None
