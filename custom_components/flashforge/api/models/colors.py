"""Reading colors, and the color of a palette that looks most like another one."""

from functools import lru_cache
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
import re

from .palettes import Palette

type Lab = tuple[float, float, float]
"""CIE L*a*b* under D65."""

_WHITE = (0.95047, 1.0, 1.08883)
# The D65 reference white in CIE XYZ.

_SRGB_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_COLOR = re.compile(r"#?0?([0-9A-Fa-f]{6})")
_LINEAR_BELOW = (6 / 29) ** 3
_FAR = 25.0**7


def read_color(raw: object) -> str | None:
    """Read a color as upper-case ``#RRGGBB``, None when it is not a color.

    The ``#`` may be missing, and text after a ``;`` is ignored. Some firmware writes one
    zero too many at the front.
    """
    if not isinstance(raw, str):
        return None
    match = _COLOR.fullmatch(raw.partition(";")[0].strip())
    return f"#{match[1].upper()}" if match else None


def _lab_part(ratio: float) -> float:
    if ratio > _LINEAR_BELOW:
        return float(ratio ** (1 / 3))
    return ratio / (3 * (6 / 29) ** 2) + 4 / 29


def _linear(channel: int) -> float:
    """Undo the sRGB gamma of one channel of 0 to 255."""
    value = channel / 255
    return float(
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    )


@lru_cache(maxsize=512)
def lab(color: str) -> Lab:
    """Return a color ``#RRGGBB`` in CIE L*a*b*."""
    rgb = [_linear(int(color[at : at + 2], 16)) for at in (1, 3, 5)]
    x, y, z = (
        _lab_part(
            sum(share * part for share, part in zip(row, rgb, strict=True)) / white
        )
        for row, white in zip(_SRGB_TO_XYZ, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _hue(a: float, b: float) -> float:
    """Return a hue in degrees from 0 up to 360, 0 for gray."""
    return degrees(atan2(b, a)) % 360 if a or b else 0.0


def _hue_step(first: float, second: float) -> float:
    """Return the difference of two hues, -180 to 180 degrees."""
    step = second - first
    if step > 180:
        return step - 360
    return step + 360 if step < -180 else step


def _mean_hue(first: float, second: float) -> float:
    """Return the hue in the middle of the shorter way between two."""
    total = first + second
    if abs(first - second) <= 180:
        return total / 2
    return (total + 360) / 2 if total < 360 else (total - 360) / 2


def difference(first: Lab, second: Lab) -> float:
    """Return the CIEDE2000 color difference (Sharma, Wu, Dalal, 2005); 1 is just visible."""
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean_c7 = ((hypot(a1, b1) + hypot(a2, b2)) / 2) ** 7
    stretch = 1 + (1 - sqrt(mean_c7 / (mean_c7 + _FAR))) / 2
    c1, c2 = hypot(a1 * stretch, b1), hypot(a2 * stretch, b2)
    h1, h2 = _hue(a1 * stretch, b1), _hue(a2 * stretch, b2)
    gray = c1 * c2 == 0
    hue_step = 0.0 if gray else _hue_step(h1, h2)
    hue = h1 + h2 if gray else _mean_hue(h1, h2)

    light = ((l1 + l2) / 2 - 50) ** 2
    chroma = (c1 + c2) / 2
    weight = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    in_light = (l2 - l1) / (1 + 0.015 * light / sqrt(20 + light))
    in_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    in_hue = 2 * sqrt(c1 * c2) * sin(radians(hue_step / 2))
    in_hue /= 1 + 0.015 * chroma * weight
    turn = 2 * sqrt(chroma**7 / (chroma**7 + _FAR))
    turn *= -sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(in_light**2 + in_chroma**2 + in_hue**2 + turn * in_chroma * in_hue)


@lru_cache(maxsize=512)
def nearest(color: str, palette: Palette) -> tuple[str, str]:
    """Return name and ``#RRGGBB`` of the palette color that looks most like this one.

    Text that is not a color gives the first of the palette, white, as on the printers
    (docs/protocol/material-station.md §4). Raises ``ValueError`` for an empty palette.
    """
    if not palette:
        raise ValueError("no palette")
    wanted = read_color(color)
    if wanted is None:
        return palette[0]
    return min(palette, key=lambda entry: difference(lab(wanted), lab(entry[1])))


@lru_cache(maxsize=512)
def name_of(color: str | None, palette: Palette) -> str | None:
    """Return the name of the palette color that looks most like this one.

    None without a color, for text that is not a color, and without a palette.
    """
    wanted = read_color(color)
    return nearest(wanted, palette)[0] if wanted is not None and palette else None
