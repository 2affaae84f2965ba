"""Moving a printer with the JSON interface, which some are told over lines only."""

from collections.abc import Sequence
from typing import Unpack, override

import aiohttp

from ..lines.control import LineControl
from ..models.model import Feature
from ..models.needs import require
from ..printer import Axis
from . import requests
from .client import Credentials
from .jobs import HttpJobs


class HttpMotion(HttpJobs):
    """What moves: over HTTP where the model has it, else over the line channel.

    A move over lines keeps no other command waiting: it can take a minute.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        host: str,
        *,
        line_port: int | None,
        **credentials: Unpack[Credentials],
    ) -> None:
        """Keep how to reach the printer; ``line_port`` None is the usual one."""
        super().__init__(session, host, **credentials)
        self._lines = LineControl(lambda: self.host, line_port)

    @property
    def _moves_over_http(self) -> bool:
        return Feature.MOTION in self.model.features

    @override
    async def home(self) -> None:
        require(self.model, "home")
        if self._moves_over_http:
            await self._command(requests.home())
        else:
            await self._lines.home()

    @override
    async def move_axis(
        self, axis: Axis, millimeters: float, *, feed: int | None = None
    ) -> None:
        require(self.model, "move")
        millimeters = requests.distance(millimeters)
        if self._moves_over_http:
            await self._command(requests.move(axis, millimeters))
        else:
            await self._lines.move(axis, millimeters, feed)

    @override
    async def extrude(self, millimeters: float) -> None:
        require(self.model, "extrude")
        millimeters = requests.distance(millimeters)
        if self._moves_over_http:
            await self._command(requests.extrude(millimeters))
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
