"""Pictures: what the camera sees and the thumbnails of files, drawn with Pillow.

What does not change is drawn once, large, and scaled down to smooth its edges; a
frame is then a few pastes and some text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
import io
import math
from typing import TYPE_CHECKING
import zlib

from PIL import Image, ImageColor, ImageDraw, ImageFont

if TYPE_CHECKING:
    from ..machine.files import StoredFile

type Color = tuple[int, int, int]

_SIZE = (640, 480)
_PANEL = 376
_PART = (150, 200)
_NOZZLE_TIP = 118
_PARKED = 200
_PLATE = (360, 40)
_HEAD = (80, 76)
_THUMBNAIL = (240, 240)
_LARGEST_PREVIEW = 4096
_SMOOTH = 3

_INK: Color = (232, 236, 241)
_FAINT: Color = (150, 160, 172)
_LINE: Color = (58, 66, 77)
_ACCENT: Color = (255, 138, 61)
_BLACK: Color = (0, 0, 0)
_WHITE: Color = (255, 255, 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What stands before the camera. Equal scenes give the same picture.

    Temperatures are whole °C, `progress` is 0 to 1, `spools` are colors `#RRGGBB`
    (None: empty), `feeding` is the number of the spool in use from 1, and `moment` is
    the clock in seconds while the head moves.
    """

    title: str
    status: str
    file: StoredFile | None
    progress: float
    layer: int
    nozzle: int
    bed: int
    chamber: int | None
    light: bool
    spools: tuple[str | None, ...]
    feeding: int
    moment: float | None


def draw(scene: Scene) -> bytes:
    """Return the scene as JPEG, 640 by 480."""
    image = _room(scene.light).copy()
    middle = _SIZE[0] // 2
    printed = round(_PART[1] * scene.progress)
    plate = _NOZZLE_TIP + (printed if scene.file else _PARKED)
    sprite = _plate_sprite(round(min(max(scene.bed - 40, 0) / 60, 1), 1))
    image.paste(sprite, (middle - _PLATE[0] // 2, plate - 12), sprite)
    if scene.file is not None and printed:
        part = _part_sprite(scene.file, _PART)
        grown = part.crop((0, _PART[1] - printed, *_PART))
        image.paste(grown, (middle - _PART[0] // 2, plate - printed), grown)
    _draw_head(image, scene)
    pen = ImageDraw.Draw(image)
    _draw_spools(pen, scene)
    _draw_panel(pen, scene)
    return _encoded(image, "JPEG", quality=85)


@lru_cache(maxsize=64)
def thumbnail(file: StoredFile, image_format: str = "PNG") -> bytes:
    """Return the picture of a file, empty if it has none.

    What a slicer put in stays as it is; a drawn one is 240 by 240 and takes its shape
    from the name.
    """
    if file.preview is not None:
        return _converted(file.preview, image_format)
    width, height = _THUMBNAIL
    image = Image.new("RGB", _THUMBNAIL, (36, 42, 51))
    pen = ImageDraw.Draw(image)
    pen.ellipse((25, height - 66, width - 25, height - 20), fill=(52, 60, 71))
    part = _part_sprite(file, (128, 164))
    image.paste(part, (width // 2 - 64, height - 42 - 164), part)
    label = _shortened(pen, file.name, 12, width - 16)
    pen.text((width / 2, height - 8), label, _FAINT, _font(12), anchor="ms")
    return _encoded(image, image_format)


def is_picture(data: bytes) -> bool:
    """Say whether these are the bytes of a whole PNG of a sensible size."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if max(image.size) > _LARGEST_PREVIEW:
                return False
            image.load()
    except OSError, SyntaxError, ValueError, Image.DecompressionBombError:
        return False
    return True


def _converted(png: bytes, image_format: str) -> bytes:
    if not png or image_format == "PNG":
        return png
    with Image.open(io.BytesIO(png)) as image:
        return _encoded(image.convert("RGB"), image_format)


def _encoded(image: Image.Image, image_format: str, **options: int) -> bytes:
    data = io.BytesIO()
    image.save(data, image_format, **options)
    return data.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _shortened(pen: ImageDraw.ImageDraw, text: str, size: int, width: int) -> str:
    """Return a text, cut so that it fits into a width."""
    if pen.textlength(text, _font(size)) <= width:
        return text
    while text and pen.textlength(f"{text}…", _font(size)) > width:
        text = text[:-1]
    return f"{text}…"


def _mixed(one: Color, other: Color, part: float) -> Color:
    red, green, blue = (
        round(a + (b - a) * part) for a, b in zip(one, other, strict=True)
    )
    return red, green, blue


def _color(text: str) -> Color:
    try:
        return ImageColor.getrgb(text)[:3]
    except ValueError:
        return _WHITE


def _canvas(size: tuple[int, int]) -> Image.Image:
    return Image.new("RGBA", (size[0] * _SMOOTH, size[1] * _SMOOTH))


def _smoothed(image: Image.Image) -> Image.Image:
    return image.reduce(_SMOOTH)


@cache
def _room(light: bool) -> Image.Image:
    """Draw the inside of the machine."""
    top, bottom = (
        ((72, 81, 94), (30, 35, 43)) if light else ((24, 27, 33), (10, 12, 15))
    )
    image = Image.new("RGB", _SIZE)
    pen = ImageDraw.Draw(image)
    for y in range(_PANEL):
        shade = _mixed(top, bottom, y / _PANEL)
        pen.line((0, y, _SIZE[0], y), fill=shade)
        for x in (56, 566):
            pen.line((x, y, x + 18, y), fill=_mixed(shade, _BLACK, 0.4))
            pen.line((x, y, x + 2, y), fill=_mixed(shade, _WHITE, 0.15))
    rail = _mixed(top, _WHITE, 0.25)
    pen.rectangle((56, 52, 584, 58), fill=rail)
    pen.rectangle((56, 59, 584, 62), fill=_mixed(rail, _BLACK, 0.5))
    if light:
        pen.rounded_rectangle((200, 10, 440, 18), 4, fill=(252, 252, 246))
    return image


@cache
def _plate_sprite(heat: float) -> Image.Image:
    """Draw the bed; heat is 0 to 1."""
    image = _canvas(_PLATE)
    pen = ImageDraw.Draw(image)
    width, height = image.size
    front, inset, edge = height * 0.62, width * 0.1, height * 0.84
    top = _mixed((52, 58, 68), (120, 62, 44), heat)
    corners = ((0, front), (inset, 0), (width - inset, 0), (width - 1, front))
    pen.polygon(corners, fill=top)
    for step in range(1, 12):
        near, far = width * step / 12, inset + (width - 2 * inset) * step / 12
        pen.line((far, 0, near, front), fill=_mixed(top, _WHITE, 0.08), width=_SMOOTH)
    pen.rectangle((0, front, width, edge), fill=_mixed(top, _BLACK, 0.45))
    return _smoothed(image)


@cache
def _head_sprite(heat: float) -> Image.Image:
    """Draw the print head; heat is 0 to 1."""
    image = _canvas(_HEAD)
    pen = ImageDraw.Draw(image)
    width, height = image.size
    pen.rounded_rectangle((6, 0, width - 6, height * 0.72), 24, fill=(50, 56, 66))
    pen.rounded_rectangle((6, 0, width - 6, height * 0.24), 20, fill=_ACCENT)
    pen.ellipse(
        (width * 0.32, height * 0.34, width * 0.68, height * 0.66), fill=(34, 38, 46)
    )
    hot = _mixed((150, 142, 126), (255, 92, 40), heat)
    tip = ((0.36, 0.72), (0.64, 0.72), (0.54, 1.0), (0.46, 1.0))
    pen.polygon([(width * x, height * y) for x, y in tip], fill=hot)
    return _smoothed(image)


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
        bands.append((reached, _color(tool.color)))
    return bands or [(1.0, _WHITE)]


@lru_cache(maxsize=64)
def _part_sprite(file: StoredFile, size: tuple[int, int]) -> Image.Image:
    """Draw the finished part, a round one, slice upon slice."""
    image = _canvas(size)
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
            # Light falls from the left above; a round body turns away from it.
            lit = 0.5 * math.sqrt(max(1 - across * across, 0)) - 0.28 * across
            shade = _mixed(color, _BLACK, min(max(0.62 - lit, 0), 0.6) + groove)
            gleam = max(0.0, 0.22 - abs(across + 0.35)) * 1.2
            left = width / 2 + across * half * width / 2
            box = (left, top, left + half * width / strips + 1, bottom)
            pen.rectangle(box, fill=_mixed(shade, _WHITE, gleam))
    return _smoothed(image)


def _draw_head(image: Image.Image, scene: Scene) -> None:
    heat = round(min(max(scene.nozzle - 40, 0) / 200, 1), 1)
    sprite = _head_sprite(heat)
    swing = -1.25 if scene.moment is None else math.sin(scene.moment * 2.3) * 0.3
    x = round(_SIZE[0] / 2 + swing * _PART[0] - _HEAD[0] / 2)
    image.paste(sprite, (x, _NOZZLE_TIP - _HEAD[1]), sprite)


def _draw_spools(pen: ImageDraw.ImageDraw, scene: Scene) -> None:
    for number, color in enumerate(scene.spools, start=1):
        x, y = _SIZE[0] - 34, 92 + number * 40
        rim = _ACCENT if number == scene.feeding else _LINE
        fill = (38, 43, 51) if color is None else _color(color)
        pen.circle((x, y), 15, fill=fill, outline=rim, width=3)
        pen.circle((x, y), 5, fill=(20, 24, 30))


def _draw_panel(pen: ImageDraw.ImageDraw, scene: Scene) -> None:
    """Write what a person at the screen would read."""
    left, right = 24, _SIZE[0] - 24
    pen.rectangle((0, _PANEL, *_SIZE), fill=(20, 24, 30))
    pen.line((0, _PANEL, _SIZE[0], _PANEL), fill=_LINE)
    title = _shortened(pen, scene.title, 20, 400)
    pen.text((left, _PANEL + 12), title, _INK, _font(20))
    pen.text((right, _PANEL + 12), scene.status, _ACCENT, _font(20), anchor="ra")
    heat = [f"nozzle {scene.nozzle} °C", f"bed {scene.bed} °C"]
    if scene.chamber is not None:
        heat.append(f"chamber {scene.chamber} °C")
    pen.text((right, _PANEL + 44), "   ".join(heat), _FAINT, _font(14), anchor="ra")
    if scene.file is None:
        return
    name = _shortened(pen, scene.file.name, 14, 300)
    pen.text((left, _PANEL + 44), name, _FAINT, _font(14))
    text = f"{scene.progress:.1%}   layer {scene.layer} of {scene.file.layers}"
    end = right - 190
    pen.rounded_rectangle((left, 446, end, 456), 5, fill=(46, 53, 63))
    if (filled := left + (end - left) * scene.progress) > left + 10:
        pen.rounded_rectangle((left, 446, filled, 456), 5, fill=_ACCENT)
    pen.text((right, 451), text, _INK, _font(14), anchor="rm")
