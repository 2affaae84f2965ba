"""A printer that speaks JSON over HTTP (docs/protocol/http.md)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import override

import aiohttp

from ..errors import UnsupportedError
from ..identity import Identity
from ..lines.control import LineControl
from ..models.catalog import GENERIC
from ..models.model import Feature, Model
from ..models.needs import require
from ..models.start_forms import StartForm
from ..print_files.local_file import Mark
from ..print_files.names import StoredName
from ..printer import AdjustmentName, Axis, FilamentAction, Printer
from ..prints import PrintOptions, StoredFile
from ..state import PrinterState, Product
from ..wire.detail import model_for, parse_detail
from ..wire.files import parse_product
from . import requests
from .adjusting import Adjusting
from .client import HttpClient
from .files import Files
from .reply import Reply
from .start import form_for, require_options, stored_body, upload_headers
from .upload import Uploads

HTTP_PORT = 8898
"""Where the printers listen (docs/protocol/README.md §5)."""

_DETAIL_PAYLOAD = ("detail", "status", "pid", "firmwareVersion")
# An answer must have at least one of these, whatever its result code.


class HttpPrinter(Printer):
    """A printer with the JSON interface.

    It moves over HTTP if the model can, else over the line channel, where a move keeps
    no other command waiting: it can take a minute.
    """

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
        super().__init__(host, port, model)
        self.known = known or Identity()
        self._client = HttpClient(
            session,
            lambda: (self.host, self.port),
            serial=serial,
            check_code=check_code,
        )
        self.answers = self._client.answers
        self._adjusting = Adjusting(self._client, self.fetch)
        self._lines = LineControl(lambda: self.host, line_port)
        self._files = Files(self._client, self._lines)
        self._uploads = Uploads(self._client)
        self._seen: PrinterState | None = None
        self._seen_in: Reply | None = None

    # --- reading ---

    @override
    async def fetch(self, *, deadline: float | None = None) -> PrinterState:
        reply = await self._client.read(
            requests.DETAIL, payload=_DETAIL_PAYLOAD, deadline=deadline
        )
        # An idle printer sends the same answer for hours, and a poll is mostly parsing.
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
        async with self._client.turn:
            reply = await self._client.read(requests.PRODUCT, payload=("product",))
        return parse_product(reply.payload("product"))

    @override
    async def list_files(self) -> tuple[StoredFile, ...]:
        return await self._files.list(self.model)

    @override
    async def fetch_thumbnail(self, file: str) -> bytes | None:
        return await self._files.thumbnail(file)

    @override
    async def fetch_job_thumbnail(self) -> bytes | None:
        return await self._files.job_thumbnail()

    # --- commands ---

    @override
    async def pause(self) -> None:
        await self._client.command(requests.job("pause"))

    @override
    async def resume(self) -> None:
        await self._client.command(requests.job("continue"))

    @override
    async def cancel(self) -> None:
        await self._client.command(requests.job("cancel"))

    @override
    async def clear_plate(self) -> None:
        await self._client.command(requests.clear_plate())

    @override
    async def set_light(self, on: bool) -> None:
        await self._client.command(requests.light(on))

    @override
    async def set_nozzle_target(
        self, tool: int, celsius: int, *, off_marker: bool = False
    ) -> None:
        if not 0 <= tool < self.model.tools:
            raise UnsupportedError("nozzle_target")
        highest = self.model.nozzle_max
        wanted = requests.target(self.model, celsius, highest, off_marker=off_marker)
        await self._client.command(
            requests.temperatures(self.model, nozzles={tool: wanted})
        )

    @override
    async def set_bed_target(self, celsius: int, *, off_marker: bool = False) -> None:
        highest = self.model.bed_max
        wanted = requests.target(self.model, celsius, highest, off_marker=off_marker)
        await self._client.command(requests.temperatures(self.model, bed=wanted))

    @override
    async def set_chamber_target(
        self, celsius: int, *, off_marker: bool = False
    ) -> None:
        require(self.model, "chamber_target")
        highest = self.model.chamber_max or requests.OFF
        wanted = requests.target(self.model, celsius, highest, off_marker=off_marker)
        await self._client.command(requests.temperatures(self.model, chamber=wanted))

    @override
    async def adjust(self, name: AdjustmentName, value: float) -> None:
        require(self.model, name)
        await self._adjusting.adjust(self.model, name, value)

    @override
    async def restore_adjustments(self, state: PrinterState) -> None:
        await self._adjusting.restore(self.model, state)

    @override
    async def set_filtration(
        self, *, internal: bool | None = None, external: bool | None = None
    ) -> None:
        require(self.model, "filtration")
        await self._adjusting.set_filtration(internal=internal, external=external)

    @override
    async def set_power_off(self, *, enabled: bool, delay: int) -> None:
        await self._client.command(requests.power_off(enabled=enabled, delay=delay))

    @override
    async def set_camera(self, on: bool) -> None:
        require(self.model, "camera_power")
        await self._client.command(requests.camera(on))

    @override
    async def rename(self, name: str) -> None:
        await self._client.command(requests.rename(name))

    @override
    async def calibrate(self, *, leveling: bool, vibration: bool) -> None:
        await self._client.command(
            requests.calibrate(leveling=leveling, vibration=vibration)
        )

    @override
    async def clear_error(self, code: str) -> None:
        require(self.model, "clear_error")
        await self._client.command(requests.clear_error(code))

    @override
    async def set_slot(self, slot: int, material: str, color: str) -> None:
        require(self.model, "set_slot")
        await self._client.command(requests.slot(self.model, slot, material, color))

    @override
    async def set_direct_feed(self, material: str, color: str) -> None:
        require(self.model, "set_direct_feed")
        await self._client.command(requests.direct_feed(self.model, material, color))

    @override
    async def feed_slot(self, slot: int, action: FilamentAction) -> None:
        require(self.model, "feed_slot")
        await self._client.command(requests.feed_slot(slot, action))

    @override
    async def feed_direct(self, action: FilamentAction) -> None:
        require(self.model, "feed_direct")
        await self._client.command(requests.feed_direct(action))

    @override
    async def home(self) -> None:
        require(self.model, "home")
        if self._moves_over_http:
            await self._client.command(requests.home())
        else:
            await self._lines.home()

    @override
    async def move_axis(
        self, axis: Axis, millimeters: float, *, feed: int | None = None
    ) -> None:
        require(self.model, "move")
        millimeters = requests.distance(millimeters)
        if self._moves_over_http:
            await self._client.command(requests.move(axis, millimeters))
        else:
            await self._lines.move(axis, millimeters, feed)

    @override
    async def extrude(self, millimeters: float) -> None:
        require(self.model, "extrude")
        millimeters = requests.distance(millimeters)
        if self._moves_over_http:
            await self._client.command(requests.extrude(millimeters))
        else:
            await self._lines.move("e", millimeters)

    @override
    async def send_gcode(self, lines: Sequence[str]) -> tuple[str, ...]:
        require(self.model, "send_gcode")
        return await self._lines.send(lines)

    @override
    async def set_runout_sensor(self, on: bool) -> None:
        require(self.model, "runout_sensor")
        await self._lines.set_runout_sensor(on)

    @property
    def _moves_over_http(self) -> bool:
        return Feature.MOTION in self.model.features

    # --- printing ---

    @override
    async def check_start(self, options: PrintOptions) -> None:
        require_options(await self._start_form(), options)

    @override
    async def start_file(self, file: str, options: PrintOptions) -> None:
        body = stored_body(await self._start_form(), file, options)
        await self._client.command(body, requests.PRINT)

    @override
    async def upload(
        self,
        source: Path,
        name: StoredName,
        *,
        start: PrintOptions | None = None,
        on_progress: Callable[[int], None] | None = None,
        known: Mark | None = None,
    ) -> None:
        async def headers(size: int) -> dict[str, str]:
            form, client = await self._start_form(), self._client
            return upload_headers(form, client.serial, client.check_code, size, start)

        await self._uploads.send(source, name, headers, on_progress, known)

    @override
    def cancel_upload(self) -> None:
        self._uploads.cancel()

    async def _start_form(self) -> StartForm:
        """Return the form in which the firmware of the last state takes a start."""
        state = self._seen or await self.fetch()
        return form_for(self.model, state.identity.firmware)
