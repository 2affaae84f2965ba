"""The files that the integration writes: each completely or not at all."""

from collections.abc import Callable, Iterable
from contextlib import suppress
import os
from pathlib import Path
import shutil
from threading import Lock

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.singleton import singleton
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN

DRAFT = ".draft"
"""Ending of the name of a file while it is being written."""


class Disk:
    """The files of the entries. They are removed together with their entry.

    A thread cannot be canceled: one that writes for an entry can still be running, or
    not have started, when the entry is removed. So only one job runs at a time, and each
    first checks that its entry still exists.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Store Home Assistant; nothing is read or written yet."""
        self._hass = hass
        self._turn = Lock()

    async def async_work(self, entry_id: str, job: Callable[[], None]) -> None:
        """Run a job that changes the files of an entry, in a thread. Raises OSError."""
        await self._hass.async_add_executor_job(self._work, entry_id, job)

    async def async_remove(
        self, paths: Iterable[Path], emptied: Iterable[Path] = ()
    ) -> None:
        """Remove the files and folders of an entry that was removed.

        Those that may be ``emptied`` by that are removed when nothing is in them.
        """
        await self._hass.async_add_executor_job(
            self._remove, tuple(paths), tuple(emptied)
        )

    def _work(self, entry_id: str, job: Callable[[], None]) -> None:
        with self._turn:
            # An entry is taken from the list before its files are removed.
            if self._hass.config_entries.async_get_entry(entry_id) is not None:
                job()

    def _remove(self, paths: Iterable[Path], emptied: Iterable[Path]) -> None:
        with self._turn:
            for path in paths:
                # A file that cannot be removed must not keep the rest from being removed.
                with suppress(OSError):
                    path.unlink(missing_ok=True)
                    continue
                shutil.rmtree(path, ignore_errors=True)
            for folder in emptied:
                with suppress(OSError):
                    folder.rmdir()


_DISK: HassKey[Disk] = HassKey(f"{DOMAIN}_disk")


@singleton(_DISK)
@callback
def async_get_disk(hass: HomeAssistant) -> Disk:
    """Return the only instance. An entry that was never set up can be removed as well."""
    return Disk(hass)


def write_whole(file: Path, content: bytes) -> None:
    """Replace a file so that at any time either the old or the new one is there.

    Raises OSError, and then leaves no unfinished file.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}{DRAFT}")
    try:
        with draft.open("wb") as opened:
            opened.write(content)
            opened.flush()
            # Without this, a power cut could leave an empty file.
            os.fsync(opened.fileno())
        draft.replace(file)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def sweep(folder: Path, pattern: str) -> None:
    """Remove unfinished files, which a power cut can leave, from a folder."""
    with suppress(OSError):
        for path in tuple(folder.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()
