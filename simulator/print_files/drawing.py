"""Drawing with Pillow: colors, texts, and the part that a file prints.

A sprite is drawn large and scaled down, which smooths its edges.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
import io
import math
from typing import Any
import zlib

from PIL import Image, ImageColor, ImageDraw, ImageFont

from ..models.files import StoredFile

type Color = tuple[int, int, int]

SMOOTH = 3
FAINT: Color = (150, 160, 172)
BLACK: Color = (0, 0, 0)
WHITE: Color = (255, 255, 255)

_OPTIONS: Mapping[str, Mapping[str, Any]] = {"BMP": {"dpi": (72, 72)}}
"""How a printer writes its pictures (docs/protocol/adventurer-3-4.md §10)."""


def encoded(image: Image.Image, image_format: str, **options: int) -> bytes:
    """Return an image as the bytes of a file."""
    data = io.BytesIO()
    image.save(data, image_format, **_OPTIONS.get(image_format, {}), **options)
    return data.getvalue()


@cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the built-in font in a size in pixels."""
    return ImageFont.load_default(size)


def shortened(pen: ImageDraw.ImageDraw, text: str, size: int, width: int) -> str:
    """Return a text, cut to a width in pixels."""
    if pen.textlength(text, font(size)) <= width:
        return text
    while text and pen.textlength(f"{text}…", font(size)) > width:
        text = text[:-1]
    return f"{text}…"


def mixed(one: Color, other: Color, part: float) -> Color:
    """Return a color between two others; a part of 1 is the other one."""
    red, green, blue = (
        round(a + (b - a) * part) for a, b in zip(one, other, strict=True)
    )
    return red, green, blue


def color_of(text: str) -> Color:
    """Return the color of a text such as `#RRGGBB`, white if it is not valid."""
    try:
        return ImageColor.getrgb(text)[:3]
    except ValueError:
        return WHITE


def canvas(size: tuple[int, int]) -> Image.Image:
    """Return an empty image for a sprite of this size in pixels."""
    return Image.new("RGBA", (size[0] * SMOOTH, size[1] * SMOOTH))


def smoothed(image: Image.Image) -> Image.Image:
    """Scale a canvas down to the size of its sprite."""
    return image.reduce(SMOOTH)


def _profile(name: str, slices: int) -> Iterator[float]:
    """Yield half the width of a part, 0 to 1, from the plate upwards."""
    seed = zlib.crc32(name.encode())
    waves = 0.7 + seed % 5 * 0.45
    swing = 0.15 + (seed >> 4) % 20 / 90
    taper = (seed >> 9) % 50 / 100
    turn = (seed >> 15) % 628 / 100
    for index in range(slices):
        height = index / slices
        wave = math.sin(height * waves * math.pi * 2 + turn)
        yield max(0.14, (1 - swing + swing * wave) * (1 - taper * height))


def _bands(file: StoredFile) -> list[tuple[float, Color]]:
    """Return up to which height, 0 to 1, each filament goes."""
    used = file.used.values()
    total = sum(tool.grams for tool in used) or 1.0
    bands, reached = [], 0.0
    for tool in used:
        reached += tool.grams / total
        bands.append((reached, color_of(tool.color)))
    return bands or [(1.0, WHITE)]


@lru_cache(maxsize=64)
def part_sprite(file: StoredFile, size: tuple[int, int]) -> Image.Image:
    """Draw the finished part as a round body, slice by slice."""
    image = canvas(size)
    pen = ImageDraw.Draw(image)
    width, height = image.size
    slices, strips = size[1] // 3, 28
    bands = _bands(file)
    for index, half in enumerate(_profile(file.name, slices)):
        color = next((c for top, c in bands if index / slices < top), bands[-1][1])
        bottom, top = height * (1 - index / slices), height * (1 - (index + 1) / slices)
        groove = 0.12 if index % 2 else 0.0
        for strip in range(strips):
            across = strip / strips * 2 - 1
            # Light falls from the upper left onto a round body.
            lit = 0.5 * math.sqrt(max(1 - across * across, 0)) - 0.28 * across
            shade = mixed(color, BLACK, min(max(0.62 - lit, 0), 0.6) + groove)
            gleam = max(0.0, 0.22 - abs(across + 0.35)) * 1.2
            left = width / 2 + across * half * width / 2
            box = (left, top, left + half * width / strips + 1, bottom)
            pen.rectangle(box, fill=mixed(shade, WHITE, gleam))
    return smoothed(image)
