"""The last frame of each finished print, kept on disk."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
import re
from urllib.parse import unquote

from homeassistant.components.camera import Image, async_get_image
from homeassistant.const import Platform
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.singleton import singleton
from homeassistant.util.hass_dict import HassKey

from ..api import Status
from ..const import CAMERA_KEY, DOMAIN, LOGGER, SIGNAL_LAST_FRAME
from ..coordinator import FlashForgeConfigEntry
from ..disk import DRAFT, async_get_disk, sweep, write_whole
from ..printer.job import JobEnd, JobResult

MOST_OF_A_PRINTER = 50
MOST_BYTES = 100_000_000
"""What is kept: so many pictures of one printer, so much of all together."""

WORTH_KEEPING = frozenset({JobResult.COMPLETED, JobResult.FAILED})
"""A person who cancels a print has just seen it, so that is not kept."""

KINDS = {"image/jpeg": "jpg", "image/png": "png"}
"""The types of pictures that are kept, and how their files end."""

_MIME_TYPES = {ending: mime_type for mime_type, ending in KINDS.items()}
_MOMENT = "%Y%m%dT%H%M%S%f"
_NAME = re.compile(
    rf"(?P<id>(?:(?P<number>\d{{8,12}})_)?(?P<moment>\d{{8}}T\d{{12}}))"
    rf"_(?P<result>{'|'.join(sorted(WORTH_KEEPING))})"
    rf"_(?P<file>.*)\.(?P<kind>{'|'.join(KINDS.values())})"
)
_UNSAFE = re.compile(r'[%/\\:*?"<>|\x00-\x1f\x7f]')
_LONGEST = 150
"""Bytes of a job's file name that get into ours; a file system takes 255 in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedPrint:
    """A print that ended, and the file that shows it. The file's name has the rest.

    ``number`` counts the pictures of all printers in the order in which they were kept:
    a clock may be wrong, and jump. Those of version 0.1.0 have none and come before.
    """

    id: str
    number: int
    file: str | None
    result: JobResult
    time: datetime
    path: Path
    mime_type: str

    @property
    def order(self) -> tuple[int, datetime]:
        """What pictures are sorted by, the oldest first."""
        return self.number, self.time


class FinishedPrints:
    """The pictures of all printers, in a folder for each printer, and nothing else.

    Nothing can be lost by a restart, and a person who deletes a file has deleted it.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Read nothing yet."""
        self._hass = hass
        self._root = finished_folder(hass)
        self._disk = async_get_disk(hass)
        self._told = False

    async def async_list(self, entry_id: str) -> list[FinishedPrint]:
        """Return the finished prints of a printer, the newest first; may raise OSError."""
        return await self._hass.async_add_executor_job(_prints, self._root / entry_id)

    async def async_find(self, entry_id: str, print_id: str) -> FinishedPrint | None:
        """Return one finished print of a printer; may raise OSError."""
        prints = await self.async_list(entry_id)
        return next((each for each in prints if each.id == print_id), None)

    async def async_add(self, entry_id: str, end: JobEnd, picture: Image) -> None:
        """Keep the picture of a print; a full disk costs only that."""
        kind = KINDS.get(picture.content_type)
        if kind is None:
            LOGGER.debug("A picture of %s is not kept", picture.content_type)
            return
        job = partial(_add, self._root / entry_id, _name(end, kind), picture.content)
        try:
            await self._disk.async_work(entry_id, job)
        except OSError as err:
            if not self._told:
                LOGGER.warning(
                    "The last picture of a print cannot be kept: %s", err.strerror
                )
            self._told = True
        else:
            self._told = False
            async_dispatcher_send(self._hass, SIGNAL_LAST_FRAME, entry_id, end.time)

    async def async_remove(self, entry_id: str) -> None:
        """Forget a printer."""
        emptied = (self._root, self._root.parent)
        await self._disk.async_remove([self._root / entry_id], emptied)


_FINISHED: HassKey[FinishedPrints] = HassKey(f"{DOMAIN}_finished")


@singleton(_FINISHED)
@callback
def async_get_finished_prints(hass: HomeAssistant) -> FinishedPrints:
    """Return the one store; an entry that was never set up may be removed from it."""
    return FinishedPrints(hass)


def finished_folder(hass: HomeAssistant) -> Path:
    """Return the folder with a folder of pictures for each printer."""
    return Path(hass.config.path(DOMAIN, "finished"))


def sweep_drafts(root: Path) -> None:
    """Remove what a power cut left of pictures; version 0.1.0 named it otherwise."""
    for pattern in ("draft", f"[0-9]*{DRAFT}"):
        sweep(root, f"*/{pattern}")


def _name(end: JobEnd, kind: str) -> str:
    """Return a name that any file system takes, and that a person can read.

    What is to stand before it counts the pictures.
    """
    safe = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", end.job.file or "")
    short = safe.encode(errors="replace")[:_LONGEST].decode(errors="ignore")
    moment = end.time.astimezone(UTC).strftime(_MOMENT)
    return f"{moment}_{end.result}_{short}.{kind}"


def _print(path: Path) -> FinishedPrint | None:
    """Return the print that a file shows, None for another file."""
    if (match := _NAME.fullmatch(path.name)) is None:
        return None
    try:
        time = datetime.strptime(match["moment"], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return FinishedPrint(
        id=match["id"],
        number=int(match["number"] or 0),
        file=unquote(match["file"]) or None,
        result=JobResult(match["result"]),
        time=time,
        path=path,
        mime_type=_MIME_TYPES[match["kind"]],
    )


def _prints(folder: Path) -> list[FinishedPrint]:
    """Return the prints in a folder, the newest first; may raise OSError."""
    try:
        found = [_print(path) for path in folder.iterdir()]
    except FileNotFoundError, NotADirectoryError:
        return []
    return _newest_first(each for each in found if each is not None)


def _newest_first(prints: Iterable[FinishedPrint]) -> list[FinishedPrint]:
    return sorted(prints, key=lambda each: each.order, reverse=True)


def _all_prints(root: Path) -> list[FinishedPrint]:
    """Return the prints of all printers, the newest first, as far as they can be read."""
    found: list[FinishedPrint] = []
    for folder in root.iterdir():
        with suppress(OSError):
            found += _prints(folder)
    return _newest_first(found)


def _add(folder: Path, name: str, picture: bytes) -> None:
    """Write a picture as a whole or not at all, and make room for it."""
    folder.mkdir(parents=True, exist_ok=True)
    everything = _all_prints(folder.parent)
    number = everything[0].number + 1 if everything else 1
    write_whole(folder / f"{number:08}_{name}", picture)
    for path in _too_much(folder):
        path.unlink(missing_ok=True)


def _too_much(folder: Path) -> Iterator[Path]:
    """Yield what is beyond the bounds, the oldest."""
    for old in _prints(folder)[MOST_OF_A_PRINTER:]:
        yield old.path
    size = 0
    for each in _all_prints(folder.parent):
        # A person may delete what was just there.
        with suppress(FileNotFoundError):
            size += each.path.stat().st_size
        if size > MOST_BYTES:
            yield each.path


TRY_AGAIN = 20.0
TRIES = 6
"""How often, and after how many seconds each, a camera is asked that shows nothing.

A slicer may use its only connection, and is often closed soon after a print.
"""

_STILL_THERE = frozenset({Status.COMPLETED, Status.ERROR})
"""The print lies on the plate as it was when it ended."""


@callback
def async_keep_last_frames(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
    """Keep what the camera of a printer shows at the end of each print."""
    photographer = _Photographer(hass, entry)
    entry.async_on_unload(entry.runtime_data.jobs.on_end(photographer.ended))
    entry.async_on_unload(photographer.cancel)


class _Photographer:
    """Takes one picture of each print that is worth keeping."""

    def __init__(self, hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
        self._hass = hass
        self._entry = entry
        self._coordinator = entry.runtime_data
        self._next: CALLBACK_TYPE | None = None

    @callback
    def ended(self, end: JobEnd) -> None:
        """Take a picture at once, beside the poll."""
        self.cancel()
        if end.result in WORTH_KEEPING:
            self._begin(end, TRIES)

    @callback
    def cancel(self) -> None:
        """Try no more."""
        if self._next is not None:
            self._next()
            self._next = None

    def _begin(self, end: JobEnd, tries: int) -> None:
        self._entry.async_create_background_task(
            self._hass, self._take(end, tries), "flashforge last frame"
        )

    async def _take(self, end: JobEnd, tries: int) -> None:
        # Each time: the entity may get another id, or be added late.
        camera = er.async_get(self._hass).async_get_entity_id(
            Platform.CAMERA, DOMAIN, f"{self._coordinator.serial}_{CAMERA_KEY}"
        )
        if camera is None:
            return
        if (picture := await self._look(camera)) is not None:
            prints = async_get_finished_prints(self._hass)
            await prints.async_add(self._entry.entry_id, end, picture)
        elif tries > 1:
            self._try_again(end, tries - 1)

    async def _look(self, camera: str) -> Image | None:
        """Return what the camera shows now, or the other camera in its place.

        Home Assistant waits ten seconds at most.
        """
        try:
            return await async_get_image(self._hass, camera)
        except HomeAssistantError as err:
            LOGGER.debug("No picture of the finished print: %s", err)
            return None

    @callback
    def _try_again(self, end: JobEnd, tries: int) -> None:
        @callback
        def look(_now: datetime) -> None:
            self._next = None
            if self._coordinator.data.status in _STILL_THERE:
                self._begin(end, tries)

        self.cancel()
        self._next = async_call_later(
            self._hass,
            TRY_AGAIN,
            HassJob(look, "flashforge last frame", cancel_on_shutdown=True),
        )
