"""The contents of our own uploads, as digests.

A printer lists names and gives no file back (docs/protocol/http.md §2), so this is all that
tells whether an upload would put another file in the place of a stored one.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ..api import StoredFile
from ..const import DOMAIN, LOGGER

MOST_FILES = 200
"""So many uploads of one printer are remembered, the newest."""

_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Upload:
    """What was sent: its SHA-256, and what the printer reported of it, in s and g."""

    digest: str
    print_time: float | None = None
    weight: float | None = None

    @classmethod
    def stored(cls, stored: object) -> Self | None:
        """Read what ``asdict`` was written of, None when it is something else."""
        if not isinstance(stored, Mapping):
            return None
        digest = stored.get("digest")
        if not isinstance(digest, str):
            return None
        return cls(
            digest=digest,
            print_time=_number(stored.get("print_time")),
            weight=_number(stored.get("weight")),
        )

    def may_be(self, file: StoredFile) -> bool:
        """Return whether the printer still reports the same of the file."""
        pairs = ((self.print_time, file.print_time), (self.weight, file.weight))
        return all(ours == theirs for ours, theirs in pairs if ours and theirs)


def _number(stored: object) -> float | None:
    return float(stored) if isinstance(stored, int | float) else None


type _Uploads = dict[str, dict[str, _Upload]]
# By entry, then by the name on the printer, the newest last.


class Contents:
    """The contents of uploads to all printers, kept over restarts."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Read nothing yet."""
        self._hass = hass
        self._store = Store[dict[str, Any]](hass, _VERSION, f"{DOMAIN}.uploads")
        self._loading = asyncio.Lock()
        self._uploads: _Uploads | None = None

    async def async_is_known(self, entry_id: str, name: str) -> bool:
        """Return whether a file of this name was put on a printer."""
        return name in (await self._load()).get(entry_id, {})

    async def async_is_same(self, entry_id: str, file: StoredFile, digest: str) -> bool:
        """Return whether a stored file is surely the one with this SHA-256."""
        upload = (await self._load()).get(entry_id, {}).get(file.name)
        return upload is not None and upload.digest == digest and upload.may_be(file)

    async def async_remember(
        self, entry_id: str, name: str, digest: str, file: StoredFile | None
    ) -> None:
        """Keep what was put on a printer; ``file`` is what it says of it, if anything."""
        uploads = await self._load()
        if self._hass.config_entries.async_get_entry(entry_id) is None:
            # Removed while the upload came to its end.
            return
        known = uploads.setdefault(entry_id, {})
        known.pop(name, None)
        known[name] = _Upload(
            digest=digest,
            print_time=file.print_time if file else None,
            weight=file.weight if file else None,
        )
        while len(known) > MOST_FILES:
            del known[next(iter(known))]
        await self._save(uploads)

    async def async_remove(self, entry_id: str) -> None:
        """Forget a printer."""
        uploads = await self._load()
        if uploads.pop(entry_id, None) is not None:
            await self._save(uploads)

    async def _load(self) -> _Uploads:
        async with self._loading:
            if self._uploads is None:
                self._uploads = _read(await self._stored())
        return self._uploads

    async def _stored(self) -> object:
        """Return what is on disk; what cannot be read is as good as nothing."""
        try:
            return await self._store.async_load()
        except (HomeAssistantError, LookupError, TypeError, NotImplementedError) as err:
            LOGGER.debug("What was uploaded is not known any more: %s", err)
            return None

    async def _save(self, uploads: _Uploads) -> None:
        if not uploads:
            await self._store.async_remove()
            return
        await self._store.async_save(
            {
                entry_id: {name: asdict(upload) for name, upload in known.items()}
                for entry_id, known in uploads.items()
            }
        )


def _read(stored: object) -> _Uploads:
    """Return what can be understood of what was stored."""
    if not isinstance(stored, Mapping):
        return {}
    return {
        entry_id: {
            str(name): upload
            for name, each in known.items()
            if (upload := _Upload.stored(each)) is not None
        }
        for entry_id, known in stored.items()
        if isinstance(known, Mapping)
    }


_CONTENTS: HassKey[Contents] = HassKey(f"{DOMAIN}_contents")


@singleton(_CONTENTS)
@callback
def async_get_contents(hass: HomeAssistant) -> Contents:
    """Return the one store; an entry that was never set up may be removed from it."""
    return Contents(hass)
