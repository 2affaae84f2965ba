"""The files that are stored on a printer, and their pictures."""

from ..errors import (
    BusyError,
    EmptyAnswerError,
    FlashForgeError,
    LanModeError,
    MissingEndpointError,
    RefusedError,
    WrongCodeError,
    WrongSerialError,
)
from ..lines.control import LineControl
from ..models.model import Feature, Model
from ..prints import StoredFile
from ..texts import get_logger
from ..wire.files import parse_files, parse_job_thumbnail, parse_thumbnail
from . import requests
from .client import HttpClient
from .transport import PICTURE_LIMIT, Exchange

_LOGGER = get_logger(__name__)

NEWEST_FILES = 10
"""The number of files that a short list names (docs/protocol/http.md §2.4)."""


class Files:
    """The stored files of one printer."""

    def __init__(self, client: HttpClient, lines: LineControl) -> None:
        """Ask through ``client``, and through ``lines`` for files that it omits."""
        self._client = client
        self._lines = lines

    async def list(self, model: Model) -> tuple[StoredFile, ...]:
        """Return the stored files, newest first."""
        reply = await self._client.read(
            requests.FILES, payload=("gcodeList", "gcodeListDetail")
        )
        files = parse_files(reply.body)
        if Feature.LINE_FILES not in model.features or len(files) < NEWEST_FILES:
            return files
        try:
            names = await self._lines.file_names()
        except FlashForgeError as err:
            _LOGGER.debug("Only the newest files are known: %s", err)
            return files
        known = {file.name for file in files}
        return (*files, *(StoredFile(name=name) for name in names if name not in known))

    async def thumbnail(self, file: str) -> bytes | None:
        """Return the picture of a stored file, None when it has none."""
        try:
            reply = await self._client.read(
                requests.THUMBNAIL,
                requests.thumbnail(file),
                payload=("imageData",),
                limit=PICTURE_LIMIT,
            )
        except WrongCodeError, WrongSerialError, LanModeError, BusyError:
            # These do not mean that there is no picture: it may come later.
            raise
        except RefusedError, MissingEndpointError, EmptyAnswerError:
            return None
        return parse_thumbnail(reply.body)

    async def job_thumbnail(self) -> bytes | None:
        """Return the picture of the running job, None when there is none."""
        # This request takes no credentials (docs/protocol/http.md §2.6).
        request = Exchange(
            path=requests.JOB_THUMBNAIL, repeatable=True, limit=PICTURE_LIMIT
        )
        try:
            return parse_job_thumbnail(await self._client.exchange(request))
        except MissingEndpointError:
            return None
