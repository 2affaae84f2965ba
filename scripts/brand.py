"""Draws the brand images: a nozzle that lays a layer. `python -m scripts.brand [FOLDER]`.

Everything is drawn four times as large and scaled down, from shapes alone, so that the
same version of Pillow always draws the same files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import io
from pathlib import Path
import sys

from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).resolve().parent.parent / "custom_components/flashforge/brand"
WORD = "FlashForge"

_UNIT = 512
"""The drawing is made on a square of this many units."""
_SUPERSAMPLING = 4
_LOGO_HEIGHT = 160
_LOGO_GAP = 0.16
_WORD_HEIGHT = 0.62

_STEEL, _STEEL_LIGHT, _STEEL_DARK = "#6B7F8C", "#8A9DA9", "#566873"
_BRASS, _BRASS_LIGHT, _BRASS_DARK = "#F2A91B", "#FFC94D", "#C98508"
_FRESH, _WARM, _COLD = "#FF9A5A", "#EE5A26", "#C43C16"
_INK, _CHALK = "#263238", "#ECEFF1"

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled polygon."""

    points: Sequence[Point]
    fill: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle with round corners."""

    box: tuple[float, float, float, float]
    radius: float
    fill: str


_MIDDLE = 316
"""Position of the nozzle. It is on the right, so that most of the new layer is visible."""


def _both_sides(
    upper: tuple[float, float], lower: tuple[float, float], fills: tuple[str, str, str]
) -> list[Polygon]:
    """Return a trapezoid in three facets; each pair is a y and half of the width."""
    (top, wide), (bottom, narrow) = upper, lower
    edges = (-1.0, -0.4, 0.4, 1.0)
    return [
        Polygon(
            (
                (_MIDDLE + left * wide, top),
                (_MIDDLE + right * wide, top),
                (_MIDDLE + right * narrow, bottom),
                (_MIDDLE + left * narrow, bottom),
            ),
            fill,
        )
        for left, right, fill in zip(edges, edges[1:], fills, strict=False)
    ]


SHAPES: Sequence[Polygon | Bar] = (
    # The filament, the heat break, and the heater block with a lighter upper edge.
    Bar((_MIDDLE - 20, 0, _MIDDLE + 20, 60), 12, _FRESH),
    Bar((_MIDDLE - 56, 32, _MIDDLE + 56, 84), 14, _STEEL_DARK),
    Bar((_MIDDLE - 132, 62, _MIDDLE + 132, 178), 26, _STEEL_LIGHT),
    Bar((_MIDDLE - 132, 86, _MIDDLE + 132, 178), 26, _STEEL),
    # The nozzle: its hexagon, its cone, its tip.
    *_both_sides((178, 84), (220, 84), (_BRASS_LIGHT, _BRASS, _BRASS_DARK)),
    *_both_sides((220, 74), (296, 28), (_BRASS_LIGHT, _BRASS, _BRASS_DARK)),
    *_both_sides((296, 28), (312, 22), (_BRASS, _BRASS_DARK, _BRASS_DARK)),
    # The layers: the new one ends under the tip, the older ones are complete.
    Bar((0, 318, _MIDDLE + 32, 376), 29, _FRESH),
    Bar((0, 386, 512, 444), 29, _WARM),
    Bar((0, 454, 512, 512), 29, _COLD),
)


def icon(side: int) -> Image.Image:
    """Return the drawing as a square with this side in pixels."""
    scale = side * _SUPERSAMPLING / _UNIT
    image = Image.new("RGBA", (side * _SUPERSAMPLING,) * 2)
    draw = ImageDraw.Draw(image)
    for shape in SHAPES:
        match shape:
            case Polygon(points, fill):
                draw.polygon([(x * scale, y * scale) for x, y in points], fill)
            case Bar((left, top, right, bottom), radius, fill):
                # Pillow includes the last pixel.
                box = (left * scale, top * scale, right * scale - 1, bottom * scale - 1)
                draw.rounded_rectangle(box, radius * scale, fill)
    return image.resize((side, side), Image.Resampling.LANCZOS)


def word(height: int, ink: str) -> Image.Image:
    """Return the lettering, trimmed, with this height in pixels."""
    font = ImageFont.load_default(height * _SUPERSAMPLING)
    bold = height * _SUPERSAMPLING // 46
    left, top, right, bottom = font.getbbox(WORD, stroke_width=bold)
    image = Image.new("RGBA", (round(right - left), round(bottom - top)))
    ImageDraw.Draw(image).text(
        (-left, -top), WORD, ink, font, stroke_width=bold, stroke_fill=ink
    )
    image = image.crop(image.getbbox())
    width = round(image.width * height / image.height)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def logo(height: int, ink: str) -> Image.Image:
    """Return the drawing with the lettering next to it."""
    drawing, lettering = icon(height), word(round(height * _WORD_HEIGHT), ink)
    left = drawing.width + round(height * _LOGO_GAP)
    image = Image.new("RGBA", (left + lettering.width, height))
    image.paste(drawing)
    image.paste(lettering, (left, (height - lettering.height) // 2))
    return image


def images() -> Mapping[str, Image.Image]:
    """Return every brand image by its file name.

    The icon can be read on light and dark backgrounds; the lettering cannot.
    """
    return {
        "icon.png": icon(256),
        "icon@2x.png": icon(512),
        "logo.png": logo(_LOGO_HEIGHT, _INK),
        "logo@2x.png": logo(_LOGO_HEIGHT * 2, _INK),
        "dark_logo.png": logo(_LOGO_HEIGHT, _CHALK),
        "dark_logo@2x.png": logo(_LOGO_HEIGHT * 2, _CHALK),
    }


def main(arguments: Sequence[str]) -> None:
    """Write the images into a folder."""
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, image in images().items():
        buffer = io.BytesIO()
        image.quantize(255, method=Image.Quantize.FASTOCTREE).save(
            buffer, "PNG", optimize=True
        )
        (folder / name).write_bytes(buffer.getvalue())
        print(f"{len(buffer.getvalue()) / 1000:5.1f} kB  {image.size}  {folder / name}")


if __name__ == "__main__":
    main(sys.argv[1:])
