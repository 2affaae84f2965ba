"""The columns of the table: when something goes wrong, and how a person notices."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from homeassistant.components.camera import async_get_image
from homeassistant.config_entries import ConfigEntryState
from homeassistant.exceptions import HomeAssistantError

from custom_components.flashforge.const import DOMAIN
from tests.support.lookups import call, device_of, entity_id, offline_reason, state_of

from .troubles import NO_PICTURE, Layer, Scene, Trouble

MISSED = 150
"""Seconds in which every lasting trouble is noticed: three missed deadlines."""

MOST_REQUESTS = 2 * MISSED / 5 + 5
"""A poll every five seconds, each sent twice where the connection had just ended."""

RETURNS = 130
"""Seconds in which a printer is back after a trouble: a hung poll and a pause."""

PICTURES = (b"\x89PNG", b"BM")
"""How the pictures of files begin."""

STEADY = 20
"""Seconds within which a printer is polled again, whatever else happens."""

type Act = Callable[[Scene], Awaitable[None]]
type Outcome = Callable[[Scene], Awaitable[str | None]]
type Expected = Callable[[Trouble], str | None]

JSON = frozenset({Layer.WORLD, Layer.LINE, Layer.ENVELOPE, Layer.LOGIN})


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One column: ``outcome`` is None when all is well, else what went wrong, as a key.

    ``layers`` are what can go wrong then; a cell exists where the trouble's layer is
    one of them. ``prepare`` comes before the trouble, ``again`` looks once more after
    it, and ``expected`` is what each trouble has to end with. ``path`` is where the one
    request goes that the moment is about. ``firmware`` is that of the printer, None the
    usual one.
    """

    name: str
    layers: frozenset[Layer]
    prepare: Act
    outcome: Outcome
    again: Outcome
    expected: Expected
    model: str = "5m_pro"
    path: str | None = None
    firmware: str | None = None


async def set_up(scene: Scene) -> None:
    scene.entry.add_to_hass(scene.hass)
    assert await scene.time.passes_until(
        scene.hass.config_entries.async_setup(scene.entry.entry_id)
    )
    assert scene.entry.state is ConfigEntryState.LOADED
    await scene.time.settle()


async def _nothing(_: Scene) -> None:
    """Do nothing: the trouble begins before the entry is set up."""


async def print_job(scene: Scene) -> None:
    await set_up(scene)
    scene.printer.machine.start_job()
    scene.printer.machine.finish_warm_up()
    await scene.time.passes(16)
    assert state_of(scene.hass, "sensor", scene.printer, "status").state == "printing"


def reason(scene: Scene) -> str | None:
    """Return why the printer is shown as offline, None when it is not."""
    return offline_reason(scene.hass, scene.printer)


def _contacts(scene: Scene) -> int:
    """Return how often the printer was asked so far."""
    printer = scene.printer
    return len(printer.requests) if printer.model.http else printer.line_connections


async def _polled(scene: Scene) -> str | None:
    before = _contacts(scene)
    await scene.time.passes(MISSED)
    assert _contacts(scene) - before <= MOST_REQUESTS
    return reason(scene)


async def _polled_on(scene: Scene) -> str | None:
    await scene.time.passes(STEADY)
    return reason(scene)


async def _polled_from_the_start(scene: Scene) -> str | None:
    await set_up(scene)
    return await _polled(scene)


async def _commanded(scene: Scene) -> str | None:
    machine = scene.printer.machine
    if state_of(scene.hass, "light", scene.printer, "light").state == "unavailable":
        return "unavailable"
    wanted = not machine.light
    action = call(
        scene.hass,
        "light",
        "turn_on" if wanted else "turn_off",
        scene.printer,
        "light",
    )
    try:
        await scene.time.passes_until(action)
    except HomeAssistantError as err:
        return err.translation_key
    assert machine.light is wanted
    return None


async def _listed(scene: Scene) -> str | None:
    listing = scene.hass.services.async_call(
        DOMAIN,
        "list_files",
        {"device_id": device_of(scene.hass, scene.printer)},
        blocking=True,
        return_response=True,
    )
    try:
        response: Any = await scene.time.passes_until(listing)
    except HomeAssistantError as err:
        return err.translation_key
    assert len(response["files"]) == len(scene.printer.files)
    return None


async def _pictured(scene: Scene) -> str | None:
    session = await scene.client()
    picture = entity_id(scene.hass, "image", scene.printer, "job_thumbnail")
    response = await scene.time.passes_until(
        session.get(f"/api/image_proxy/{picture}"), MISSED
    )
    if response.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return NO_PICTURE
    assert (await response.read()).startswith(PICTURES)
    return None


async def _seen(scene: Scene) -> str | None:
    camera = entity_id(scene.hass, "camera", scene.printer, "camera")
    try:
        image = await scene.time.passes_until(async_get_image(scene.hass, camera))
    except HomeAssistantError:
        return NO_PICTURE
    assert image.content.startswith(b"\xff\xd8")
    return None


MOMENTS: tuple[Moment, ...] = (
    Moment(
        name="set_up",
        layers=JSON,
        prepare=_nothing,
        outcome=_polled_from_the_start,
        again=_polled_on,
        expected=lambda trouble: trouble.for_polls,
    ),
    Moment(
        name="idle_poll",
        layers=JSON,
        prepare=set_up,
        outcome=_polled,
        again=_polled_on,
        expected=lambda trouble: trouble.for_polls,
    ),
    Moment(
        name="printing_poll",
        layers=JSON,
        prepare=print_job,
        outcome=_polled,
        again=_polled_on,
        expected=lambda trouble: trouble.for_polls,
    ),
    Moment(
        name="command",
        layers=JSON | {Layer.CONTROL},
        prepare=set_up,
        outcome=_commanded,
        again=_commanded,
        expected=lambda trouble: trouble.error,
    ),
    Moment(
        name="file_list",
        layers=JSON,
        prepare=set_up,
        outcome=_listed,
        again=_listed,
        expected=lambda trouble: trouble.error,
    ),
    Moment(
        name="thumbnail",
        layers=JSON,
        prepare=print_job,
        outcome=_pictured,
        again=_pictured,
        expected=lambda trouble: trouble.for_picture,
    ),
    Moment(
        name="camera",
        layers=frozenset({Layer.WORLD, Layer.LINE, Layer.VIEWER}),
        prepare=set_up,
        outcome=_seen,
        again=_seen,
        expected=lambda trouble: trouble.for_camera,
    ),
)
