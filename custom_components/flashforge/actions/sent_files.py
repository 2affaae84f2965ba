"""Files that a person sent to Home Assistant, which a check and then a print need.

Home Assistant hands out a file that was sent to it once, and removes it. So it is taken,
and kept until a print was started with it: it need not be sent again after a check, or
after what the printer refused.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
import shutil
import tempfile

from homeassistant.components.file_upload import process_uploaded_file
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.singleton import singleton
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..disk import sweep
from ..exceptions import failed, refused

KEPT_FOR = timedelta(minutes=30)
MOST_FILES = 3
"""How many are kept, of 100 MB at most each; the one that waits longest goes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A file that waits for its next use, and what ends the wait."""

    path: Path
    user_id: str | None
    forget: CALLBACK_TYPE


class SentFiles:
    """The files that were taken from Home Assistant's own uploads."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Keep nothing yet."""
        self._hass = hass
        self._kept: dict[str, _Kept] = {}
        hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._async_end)

    @asynccontextmanager
    async def use(
        self, file_id: str, user_id: str | None, *, for_good: bool
    ) -> AsyncGenerator[Path]:
        """Give the file that a user sent.

        It is removed after a use ``for_good``, and kept for the next one after a use that
        was refused. Raises ``ServiceValidationError`` when there is no such file.
        """
        path = self._pick_up(file_id, user_id) or await _take(self._hass, file_id)
        keep = False
        try:
            yield path
            keep = not for_good
        except HomeAssistantError:
            keep = True
            raise
        finally:
            if keep:
                self._keep(file_id, path, user_id)
            else:
                await self._hass.async_add_executor_job(_drop, path)

    async def async_forget(self, file_id: str, user_id: str | None) -> None:
        """Remove a file that nobody needs any more, whether it was taken or not."""
        if (path := self._pick_up(file_id, user_id)) is None:
            try:
                path = await _take(self._hass, file_id)
            except HomeAssistantError:
                return
        await self._hass.async_add_executor_job(_drop, path)

    @callback
    def _pick_up(self, file_id: str, user_id: str | None) -> Path | None:
        """Return a kept file to the one who sent it, and no longer wait for them."""
        kept = self._kept.get(file_id)
        if kept is None or kept.user_id != user_id:
            return None
        del self._kept[file_id]
        kept.forget()
        return kept.path

    @callback
    def _keep(self, file_id: str, path: Path, user_id: str | None) -> None:
        @callback
        def give_up(_: datetime | None = None) -> None:
            del self._kept[file_id]
            self._hass.async_add_executor_job(_drop, path)

        while len(self._kept) >= MOST_FILES:
            oldest = next(iter(self._kept))
            kept = self._kept.pop(oldest)
            kept.forget()
            self._hass.async_add_executor_job(_drop, kept.path)
        forget = async_call_later(self._hass, KEPT_FOR, give_up)
        self._kept[file_id] = _Kept(path=path, user_id=user_id, forget=forget)

    async def _async_end(self, _: Event) -> None:
        kept, self._kept = self._kept, {}
        for each in kept.values():
            each.forget()
            await self._hass.async_add_executor_job(_drop, each.path)


@singleton(HassKey[SentFiles](f"{DOMAIN}_sent_files"))
@callback
def async_get_sent_files(hass: HomeAssistant) -> SentFiles:
    """Return the only instance."""
    return SentFiles(hass)


async def _take(hass: HomeAssistant, file_id: str) -> Path:
    """Take a file that a person has just sent to Home Assistant."""
    taking = hass.async_add_executor_job(_move, hass, file_id)
    try:
        # Waited for, not awaited: a thread cannot be canceled, and the file
        # that it takes would stay there for good.
        await asyncio.wait((taking,))
    except asyncio.CancelledError:

        def drop(taken: asyncio.Future[Path]) -> None:
            if taken.exception() is None:
                hass.async_add_executor_job(_drop, taken.result())

        taking.add_done_callback(drop)
        raise
    return taking.result()


def taken_prefix(hass: HomeAssistant) -> str:
    """Return how our temporary folders begin, which no other Home Assistant here uses."""
    place = sha256(hass.config.config_dir.encode()).hexdigest()[:12]
    return f"{DOMAIN}-{place}-"


def sweep_taken(hass: HomeAssistant) -> None:
    """Remove the files that were taken before Home Assistant was cut off."""
    sweep(Path(tempfile.gettempdir()), f"{taken_prefix(hass)}*")


def _move(hass: HomeAssistant, file_id: str) -> Path:
    folder: Path | None = None
    try:
        with process_uploaded_file(hass, file_id) as sent:
            folder = Path(tempfile.mkdtemp(prefix=taken_prefix(hass)))
            return Path(shutil.move(sent, folder / sent.name))
    except ValueError as err:
        raise refused("upload_gone") from err
    except OSError as err:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise failed("upload_not_taken", reason=err.strerror or "") from err


def _drop(path: Path) -> None:
    shutil.rmtree(path.parent, ignore_errors=True)
