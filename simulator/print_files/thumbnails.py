"""The pictures of files: from the slicer, or drawn."""

from functools import lru_cache
import io

from PIL import Image, ImageDraw

from ..models.files import StoredFile
from .drawing import FAINT, encoded, font, part_sprite, shortened

_THUMBNAIL = (240, 240)
_LARGEST_PREVIEW = 4096


@lru_cache(maxsize=64)
def thumbnail(file: StoredFile, image_format: str = "PNG") -> bytes:
    """Return the picture of a file, empty if it has none.

    A picture from the slicer stays as it is; a drawn one has 240 by 240 pixels and a
    shape that depends on the name.
    """
    if file.preview is not None:
        return _converted(file.preview, image_format)
    width, height = _THUMBNAIL
    image = Image.new("RGB", _THUMBNAIL, (36, 42, 51))
    pen = ImageDraw.Draw(image)
    pen.ellipse((25, height - 66, width - 25, height - 20), fill=(52, 60, 71))
    part = part_sprite(file, (128, 164))
    image.paste(part, (width // 2 - 64, height - 42 - 164), part)
    label = shortened(pen, file.name, 12, width - 16)
    pen.text((width / 2, height - 8), label, FAINT, font(12), anchor="ms")
    return encoded(image, image_format)


def is_picture(data: bytes) -> bool:
    """Return whether these bytes are a whole PNG of at most 4096 pixels a side."""
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
        return encoded(image.convert("RGB"), image_format)
