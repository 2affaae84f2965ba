"""The files that the integration writes itself: each as a whole or not at all."""

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
"""Ends the name of a file while it is written."""


class Disk:
    """The files of the entries, none of which outlives its entry.

    A thread cannot be canceled: one that writes for an entry may still be at work, or
    not yet begun, when the entry is removed. So every job takes its turn and looks first
    whether its entry is still there.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Touch nothing yet."""
        self._hass = hass
        self._turn = Lock()

    async def async_work(self, entry_id: str, job: Callable[[], None]) -> None:
        """Let a job change the files of an entry, in a thread; may raise OSError."""
        await self._hass.async_add_executor_job(self._work, entry_id, job)

    async def async_remove(self, paths: Iterable[Path]) -> None:
        """Remove files and folders of an entry that is gone."""
        await self._hass.async_add_executor_job(self._remove, tuple(paths))

    def _work(self, entry_id: str, job: Callable[[], None]) -> None:
        with self._turn:
            # An entry is taken from the list before its files are removed.
            if self._hass.config_entries.async_get_entry(entry_id) is not None:
                job()

    def _remove(self, paths: Iterable[Path]) -> None:
        with self._turn:
            for path in paths:
                # What cannot be removed must not keep the rest.
                with suppress(OSError):
                    path.unlink(missing_ok=True)
                    continue
                shutil.rmtree(path, ignore_errors=True)


_DISK: HassKey[Disk] = HassKey(f"{DOMAIN}_disk")


@singleton(_DISK)
@callback
def async_get_disk(hass: HomeAssistant) -> Disk:
    """Return the one disk; an entry that was never set up may be removed from it."""
    return Disk(hass)


def write_whole(file: Path, content: bytes) -> None:
    """Write a file; whatever happens meanwhile, the old one or the new one is there.

    Raises OSError, and leaves no draft behind then.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}{DRAFT}")
    try:
        with draft.open("wb") as opened:
            opened.write(content)
            opened.flush()
            # Else a power cut could leave the new name with nothing in it.
            os.fsync(opened.fileno())
        draft.replace(file)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def sweep(folder: Path, pattern: str) -> None:
    """Remove what matches in a folder: what is left when the power was cut."""
    with suppress(OSError):
        for path in tuple(folder.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()
