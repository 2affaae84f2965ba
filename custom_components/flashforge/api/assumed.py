"""What a printer was told and does not report."""

from dataclasses import dataclass
from typing import Literal

type FanName = Literal["part_fan", "rear_fan"]
"""A fan that is only on or off: a field of ``Assumed``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """What the last acknowledged commands left behind, None where nobody knows.

    ``light`` is None as well where the printer reports its light.
    """

    light: bool | None = None
    part_fan: bool | None = None
    rear_fan: bool | None = None
