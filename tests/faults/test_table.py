"""Whatever goes wrong, whenever: what is shown, said and left behind, cell by cell."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack
import logging

from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.setup import async_setup_component
from homeassistant.util.async_ import get_scheduled_timer_handles
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.const import DOMAIN
from tests.conftest import make_entry
from tests.networking import Network

from .conftest import Time
from .moments import MOMENTS, RETURNS, Moment
from .troubles import HOST, OTHER_CODE, OTHER_HOST, TROUBLES, Scene, Trouble
from .truth import untruths

OURS = "custom_components.flashforge"
NAME = "Workshop of Ada"
NONSENSE = frozenset({"nan", "inf", "-inf"})
ELSEWHERE = frozenset({"homeassistant.components.camera.img_util", "aiohttp.access"})
"""One misses a library that nobody needs here, the other cannot tell a frozen time."""


def cells() -> Iterator[tuple[Trouble, Moment]]:
    """Return every trouble at every moment that depends on what it damages."""
    for trouble in TROUBLES:
        for moment in MOMENTS:
            if trouble.layer in moment.layers:
                yield trouble, moment


@pytest.fixture
async def scene(
    hass: HomeAssistant,
    network: Network,
    time: Time,
    hass_client: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> AsyncGenerator[Scene]:
    """Return a printer that nobody has set up yet, and everything around it."""
    caplog.set_level(logging.DEBUG, OURS)
    printer = await network.printer("5m_pro", host=HOST, name=NAME)
    assert await async_setup_component(hass, DOMAIN, {})
    await time.settle()
    async with AsyncExitStack() as stack:
        with monkeypatch.context() as patch:
            yield Scene(
                hass=hass,
                printer=printer,
                entry=make_entry(printer),
                time=time,
                client=hass_client,
                monkeypatch=patch,
                stack=stack,
            )


@pytest.mark.parametrize(
    ("trouble", "moment"),
    [
        pytest.param(trouble, moment, id=f"{trouble.name}-{moment.name}")
        for trouble, moment in cells()
    ],
)
async def test_trouble(
    scene: Scene, trouble: Trouble, moment: Moment, caplog: pytest.LogCaptureFixture
) -> None:
    await moment.prepare(scene)
    await trouble.begin(scene)

    assert await moment.outcome(scene) == moment.expected(trouble)
    states = {state.state for state in scene.hass.states.async_all()}
    assert not states & NONSENSE

    await trouble.end(scene)
    await scene.time.passes(RETURNS)
    assert await moment.again(scene) is None
    assert await untruths(scene.hass, scene.printer) == {}
    assert scene.hass.config_entries.flow.async_progress() == []
    _assert_log(caplog.records, scene)
    await _assert_nothing_is_left(scene)


def _assert_log(records: list[logging.LogRecord], scene: Scene) -> None:
    """Nothing but one line for going and one for returning, and nothing of the user."""
    assert [
        each.getMessage()
        for each in records
        if each.levelno >= (logging.WARNING if each.exc_info else logging.ERROR)
        and each.name not in ELSEWHERE
    ] == []
    ours = [each for each in records if each.name.startswith(OURS)]
    lines = [each.getMessage() for each in ours if each.levelno >= logging.INFO]
    assert ["does not answer" in line for line in lines] in ([], [True, False])
    assert all("recovered" in line for line in lines[1:])

    files = [file.name for file in scene.printer.files]
    printer = scene.printer
    private = (printer.serial, printer.mac, printer.check_code, OTHER_CODE, NAME)
    told = "\n".join(each.getMessage() for each in ours)
    assert not [each for each in (*private, HOST, OTHER_HOST, *files) if each in told]


async def _assert_nothing_is_left(scene: Scene) -> None:
    """Give the printer back, and look for what still holds on to it."""
    hass = scene.hass
    assert await hass.config_entries.async_unload(scene.entry.entry_id)
    # Longer than a connection is kept for the next request.
    await scene.time.passes(30)

    assert (scene.printer.http_clients, scene.printer.camera_clients) == (0, 0)
    connector = async_get_clientsession(hass).connector
    assert connector is not None
    assert not connector._acquired
    assert not [
        task for task in asyncio.all_tasks() if "flashforge" in task.get_name().lower()
    ]
    timers = [repr(each) for each in get_scheduled_timer_handles(hass.loop)]
    assert not [
        each for each in timers if "flashforge" in each and "discovery" not in each
    ]
