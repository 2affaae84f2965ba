"""Reading moments back from what this or another version stored."""

from datetime import datetime

from homeassistant.util import dt as dt_util


def moment(stored: object) -> datetime | None:
    """Return a moment with its time zone, None for anything else."""
    try:
        read = dt_util.parse_datetime(stored) if isinstance(stored, str) else None
    except ValueError:
        return None
    return read if read is not None and read.tzinfo is not None else None
