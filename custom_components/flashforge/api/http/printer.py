"""A printer that speaks JSON over HTTP (docs/protocol/http.md)."""

import asyncio
from typing import override

import aiohttp

from ..errors import (
    BusyError,
    EmptyAnswerError,
    FlashForgeError,
    LanModeError,
    MissingEndpointError,
    NoJobError,
    RefusedError,
    UnreadableError,
    UnsupportedError,
    WrongCodeError,
    WrongSerialError,
)
from ..identity import Identity
from ..models.catalog import GENERIC, Feature, Model
from ..printer import AdjustmentName, FilamentAction
from ..prints import StoredFile
from ..state import PrinterState, Product
from ..texts import get_logger
from ..wire.detail import model_for, parse_detail
from ..wire.files import (
    parse_files,
    parse_job_thumbnail,
    parse_product,
    parse_thumbnail,
)
from . import requests
from .adjusting import AdjustmentMemory, is_adjustable
from .motion import HttpMotion
from .reply import Reply
from .requests import require
from .transport import PICTURE_LIMIT, Exchange

_LOGGER = get_logger(__name__)

HTTP_PORT = 8898
"""Where the printers listen (docs/protocol/README.md §5)."""

NEWEST_FILES = 10
"""As many files as a short list names (docs/protocol/http.md §2.4)."""

_DETAIL_PAYLOAD = ("detail", "status", "pid", "firmwareVersion")
# An answer without any of these is none, whatever its result code says.


class HttpPrinter(HttpMotion):
    """A printer with the JSON interface: what it is asked and what it is told."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        host: str,
        *,
        port: int = HTTP_PORT,
        serial: str,
        check_code: str,
        model: Model = GENERIC,
        known: Identity | None = None,
        line_port: int | None = None,
    ) -> None:
        """Keep how to reach the printer; ``session`` stays its owner's to close.

        An answer that ``known`` does not admit teaches nothing about the model.
        """
        super().__init__(
            session,
            host,
            port=port,
            serial=serial,
            check_code=check_code,
            model=model,
            line_port=line_port,
        )
        self.known = known or Identity()
        self._adjusted = AdjustmentMemory()
        self._seen_in: Reply | None = None

    # What is read.

    @override
    async def fetch(self, *, deadline: float | None = None) -> PrinterState:
        reply = await self._read(
            requests.DETAIL, payload=_DETAIL_PAYLOAD, deadline=deadline
        )
        # A printer at rest says the same for hours, and a poll is mostly parsing.
        if self._seen is not None and self._seen_in is reply:
            return self._seen
        detail = reply.payload("detail")
        model = model_for(detail, self.model)
        state = parse_detail(detail, model)
        if self.known.admits(state.identity):
            self.model = model
            self._seen, self._seen_in = state, reply
        return state

    @override
    async def fetch_product(self) -> Product:
        async with self._queue:
            reply = await self._read(requests.PRODUCT, payload=("product",))
        return parse_product(reply.payload("product"))

    async def check(self) -> bool | None:
        """Return whether the printer takes serial and check code, a second opinion.

        None when the firmware cannot say. Raises ``errors.FlashForgeError`` for
        everything else that keeps the printer from an answer.
        """
        try:
            await self._read(requests.CHECK_CODE)
        except WrongCodeError, WrongSerialError:
            return False
        except UnreadableError:
            return None
        return True

    @override
    async def list_files(self) -> tuple[StoredFile, ...]:
        reply = await self._read(
            requests.FILES, payload=("gcodeList", "gcodeListDetail")
        )
        files = parse_files(reply.body)
        if Feature.LINE_FILES not in self.model.features or len(files) < NEWEST_FILES:
            return files
        try:
            names = await self._lines.file_names()
        except FlashForgeError as err:
            _LOGGER.debug("Only the newest files are known: %s", err)
            return files
        known = {file.name for file in files}
        return (*files, *(StoredFile(name=name) for name in names if name not in known))

    @override
    async def fetch_thumbnail(self, file: str) -> bytes | None:
        try:
            reply = await self._read(
                requests.THUMBNAIL,
                requests.thumbnail(file),
                payload=("imageData",),
                limit=PICTURE_LIMIT,
            )
        except WrongCodeError, WrongSerialError, LanModeError, BusyError:
            # These say nothing about the picture, which may be had when they are over.
            raise
        except RefusedError, MissingEndpointError, EmptyAnswerError:
            return None
        return parse_thumbnail(reply.body)

    @override
    async def fetch_job_thumbnail(self) -> bytes | None:
        # This one asks for no credentials (docs/protocol/http.md §2.6).
        request = Exchange(
            path=requests.JOB_THUMBNAIL, repeatable=True, limit=PICTURE_LIMIT
        )
        try:
            return parse_job_thumbnail(await self._exchange(request))
        except MissingEndpointError:
            return None

    # What is commanded.

    @override
    async def pause(self) -> None:
        await self._command(requests.job("pause"))

    @override
    async def resume(self) -> None:
        await self._command(requests.job("continue"))

    @override
    async def cancel(self) -> None:
        await self._command(requests.job("cancel"))

    @override
    async def clear_plate(self) -> None:
        await self._command(requests.clear_plate())

    @override
    async def set_light(self, on: bool) -> None:
        await self._command(requests.light(on))

    @override
    async def set_nozzle_target(
        self, tool: int, celsius: int, *, off_marker: bool = False
    ) -> None:
        if not 0 <= tool < self.model.tools:
            raise UnsupportedError("nozzle_target")
        highest = self.model.nozzle_max
        wanted = requests.target(self.model, celsius, highest, off_marker=off_marker)
        await self._command(requests.temperatures(self.model, nozzles={tool: wanted}))

    @override
    async def set_bed_target(self, celsius: int, *, off_marker: bool = False) -> None:
        highest = self.model.bed_max
        wanted = requests.target(self.model, celsius, highest, off_marker=off_marker)
        await self._command(requests.temperatures(self.model, bed=wanted))

    @override
    async def set_chamber_target(
        self, celsius: int, *, off_marker: bool = False
    ) -> None:
        require(self.model, "chamber_target")
        highest = self.model.chamber_max or requests.OFF
        wanted = requests.target(self.model, celsius, highest, off_marker=off_marker)
        await self._command(requests.temperatures(self.model, chamber=wanted))

    @override
    async def adjust(self, name: AdjustmentName, value: float) -> None:
        require(self.model, name)
        async with self._queue:
            state = await self.fetch()
            if not is_adjustable(state):
                raise NoJobError("no job that can be adjusted")
            if name == "speed_factor":
                value = self.model.nearest_speed(value)
            now = asyncio.get_running_loop().time()
            values = self._adjusted.compose(name, value, state.adjustments, now)
            await self._control(requests.adjust(self.model, values))
            self._adjusted.sent(name, value, values, now)

    @override
    async def restore_adjustments(self, state: PrinterState) -> None:
        if not is_adjustable(state):
            return
        strayed = self._adjusted.settle(state.adjustments)
        if strayed is None:
            return
        _LOGGER.warning(
            "An adjustment also changed %s, which nobody asked for",
            ", ".join(strayed.names),
        )
        if strayed.repair is not None:
            await self._command(requests.adjust(self.model, strayed.repair))

    @override
    async def set_filtration(
        self, *, internal: bool | None = None, external: bool | None = None
    ) -> None:
        require(self.model, "filtration")
        async with self._queue:
            if internal is None or external is None:
                shown = (await self.fetch()).filtration
                internal = shown.internal if internal is None else internal
                external = shown.external if external is None else external
            # A side that the printer does not report is one that it does not have.
            body = requests.filtration(internal=bool(internal), external=bool(external))
            await self._control(body)

    @override
    async def set_power_off(self, *, enabled: bool, delay: int) -> None:
        await self._command(requests.power_off(enabled=enabled, delay=delay))

    @override
    async def set_camera(self, on: bool) -> None:
        require(self.model, "camera_power")
        await self._command(requests.camera(on))

    @override
    async def rename(self, name: str) -> None:
        await self._command(requests.rename(name))

    @override
    async def calibrate(self, *, leveling: bool, vibration: bool) -> None:
        await self._command(requests.calibrate(leveling=leveling, vibration=vibration))

    @override
    async def clear_error(self, code: str) -> None:
        require(self.model, "clear_error")
        await self._command(requests.clear_error(code))

    @override
    async def set_slot(self, slot: int, material: str, color: str) -> None:
        require(self.model, "set_slot")
        await self._command(requests.slot(self.model, slot, material, color))

    @override
    async def set_direct_feed(self, material: str, color: str) -> None:
        require(self.model, "set_direct_feed")
        await self._command(requests.direct_feed(self.model, material, color))

    @override
    async def feed_slot(self, slot: int, action: FilamentAction) -> None:
        require(self.model, "feed_slot")
        await self._command(requests.feed_slot(slot, action))

    @override
    async def feed_direct(self, action: FilamentAction) -> None:
        require(self.model, "feed_direct")
        await self._command(requests.feed_direct(action))
