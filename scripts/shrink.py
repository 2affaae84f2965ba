"""Makes PNG files smaller: `python -m scripts.shrink FILE …`.

Without loss if that is enough, otherwise with a palette of 256 colors.
"""

from collections.abc import Sequence
import io
from pathlib import Path
import sys

from PIL import Image

LARGEST = 300_000
"""Maximum size in bytes of a picture in the README."""


def shrink(path: Path, largest: int = LARGEST) -> int:
    """Rewrite a file if that makes it smaller; return its size in bytes."""
    original = path.read_bytes()
    with Image.open(io.BytesIO(original)) as image:
        image.load()
    best = min(original, _encoded(image), key=len)
    if len(best) > largest:
        colors = image.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
        best = min(best, _encoded(colors), key=len)
    if best is not original:
        path.write_bytes(best)
    return len(best)


def _encoded(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def main(arguments: Sequence[str]) -> int:
    """Shrink the files; return 1 if one is still too large."""
    sizes = {name: shrink(Path(name)) for name in arguments}
    for name, size in sizes.items():
        print(f"{size / 1000:7.0f} kB  {name}")
    return 1 if any(size > LARGEST for size in sizes.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
