"""The last picture of a camera."""

import asyncio


class LastPicture:
    """The last picture (JPEG), its number and when it came, in s of the loop's clock."""

    def __init__(self) -> None:
        """Begin without a picture."""
        self.frame: bytes | None = None
        self.number = 0
        self.time = 0.0

    def replace(self, frame: bytes) -> None:
        """Take a new picture."""
        self.frame = frame
        self.number += 1
        self.time = asyncio.get_running_loop().time()

    def younger_than(self, seconds: float) -> bytes | None:
        """Return the picture, None if it is older."""
        age = asyncio.get_running_loop().time() - self.time
        return self.frame if age < seconds else None
