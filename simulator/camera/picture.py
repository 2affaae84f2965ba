"""What the camera sees, drawn with Pillow.

What does not change is drawn once, so that a frame takes a few pastes and some text.
"""

from dataclasses import dataclass
from functools import cache
import math

from PIL import Image, ImageDraw

from ..models.files import StoredFile
from ..print_files.drawing import (
    BLACK,
    FAINT,
    SMOOTH,
    WHITE,
    Color,
    canvas,
    color_of,
    encoded,
    font,
    mixed,
    part_sprite,
    shortened,
    smoothed,
)

_SIZE = (640, 480)
_PANEL = 376
_PART = (150, 200)
_NOZZLE_TIP = 118
_PARKED = 200
_PLATE = (360, 40)
_HEAD = (80, 76)

_INK: Color = (232, 236, 241)
_LINE: Color = (58, 66, 77)
_ACCENT: Color = (255, 138, 61)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The scene in front of the camera. Equal scenes give the same picture.

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
        part = part_sprite(scene.file, _PART)
        grown = part.crop((0, _PART[1] - printed, *_PART))
        image.paste(grown, (middle - _PART[0] // 2, plate - printed), grown)
    _draw_head(image, scene)
    pen = ImageDraw.Draw(image)
    _draw_spools(pen, scene)
    _draw_panel(pen, scene)
    return encoded(image, "JPEG", quality=85)


@cache
def _room(light: bool) -> Image.Image:
    """Draw the inside of the machine."""
    top, bottom = (
        ((72, 81, 94), (30, 35, 43)) if light else ((24, 27, 33), (10, 12, 15))
    )
    image = Image.new("RGB", _SIZE)
    pen = ImageDraw.Draw(image)
    for y in range(_PANEL):
        shade = mixed(top, bottom, y / _PANEL)
        pen.line((0, y, _SIZE[0], y), fill=shade)
        for x in (56, 566):
            pen.line((x, y, x + 18, y), fill=mixed(shade, BLACK, 0.4))
            pen.line((x, y, x + 2, y), fill=mixed(shade, WHITE, 0.15))
    rail = mixed(top, WHITE, 0.25)
    pen.rectangle((56, 52, 584, 58), fill=rail)
    pen.rectangle((56, 59, 584, 62), fill=mixed(rail, BLACK, 0.5))
    if light:
        pen.rounded_rectangle((200, 10, 440, 18), 4, fill=(252, 252, 246))
    return image


@cache
def _plate_sprite(heat: float) -> Image.Image:
    """Draw the bed; heat is 0 to 1."""
    image = canvas(_PLATE)
    pen = ImageDraw.Draw(image)
    width, height = image.size
    front, inset, edge = height * 0.62, width * 0.1, height * 0.84
    top = mixed((52, 58, 68), (120, 62, 44), heat)
    corners = ((0, front), (inset, 0), (width - inset, 0), (width - 1, front))
    pen.polygon(corners, fill=top)
    for step in range(1, 12):
        near, far = width * step / 12, inset + (width - 2 * inset) * step / 12
        pen.line((far, 0, near, front), fill=mixed(top, WHITE, 0.08), width=SMOOTH)
    pen.rectangle((0, front, width, edge), fill=mixed(top, BLACK, 0.45))
    return smoothed(image)


@cache
def _head_sprite(heat: float) -> Image.Image:
    """Draw the print head; heat is 0 to 1."""
    image = canvas(_HEAD)
    pen = ImageDraw.Draw(image)
    width, height = image.size
    pen.rounded_rectangle((6, 0, width - 6, height * 0.72), 24, fill=(50, 56, 66))
    pen.rounded_rectangle((6, 0, width - 6, height * 0.24), 20, fill=_ACCENT)
    pen.ellipse(
        (width * 0.32, height * 0.34, width * 0.68, height * 0.66), fill=(34, 38, 46)
    )
    hot = mixed((150, 142, 126), (255, 92, 40), heat)
    tip = ((0.36, 0.72), (0.64, 0.72), (0.54, 1.0), (0.46, 1.0))
    pen.polygon([(width * x, height * y) for x, y in tip], fill=hot)
    return smoothed(image)


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
        fill = (38, 43, 51) if color is None else color_of(color)
        pen.circle((x, y), 15, fill=fill, outline=rim, width=3)
        pen.circle((x, y), 5, fill=(20, 24, 30))


def _draw_panel(pen: ImageDraw.ImageDraw, scene: Scene) -> None:
    """Draw the texts of the screen below the picture."""
    left, right = 24, _SIZE[0] - 24
    pen.rectangle((0, _PANEL, *_SIZE), fill=(20, 24, 30))
    pen.line((0, _PANEL, _SIZE[0], _PANEL), fill=_LINE)
    title = shortened(pen, scene.title, 20, 400)
    pen.text((left, _PANEL + 12), title, _INK, font(20))
    pen.text((right, _PANEL + 12), scene.status, _ACCENT, font(20), anchor="ra")
    heat = [f"nozzle {scene.nozzle} °C", f"bed {scene.bed} °C"]
    if scene.chamber is not None:
        heat.append(f"chamber {scene.chamber} °C")
    pen.text((right, _PANEL + 44), "   ".join(heat), FAINT, font(14), anchor="ra")
    if scene.file is None:
        return
    name = shortened(pen, scene.file.name, 14, 300)
    pen.text((left, _PANEL + 44), name, FAINT, font(14))
    text = f"{scene.progress:.1%}   layer {scene.layer} of {scene.file.layers}"
    end = right - 190
    pen.rounded_rectangle((left, 446, end, 456), 5, fill=(46, 53, 63))
    if (filled := left + (end - left) * scene.progress) > left + 10:
        pen.rounded_rectangle((left, 446, filled, 456), 5, fill=_ACCENT)
    pen.text((right, 451), text, _INK, font(14), anchor="rm")
