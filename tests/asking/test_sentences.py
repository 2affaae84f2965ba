"""What the default assistant answers, the real one."""

import asyncio
from collections.abc import Awaitable, Callable
import re

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.conversation import async_converse
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from simulator import Printer

from ..conftest import MakePrinter, PassTime, SetUp, make_entry
from ..support import ROOT
from ..support.jobs import start_printing
from ..support.lookups import device_of, entity_id, state_of
from .test_tools import expose, limited

pytestmark = pytest.mark.usefixtures("assist")

type Say = Callable[..., Awaitable[str]]

NO_JOB = "This has an effect only while a job is running, and no job is running"
NOT_UNDERSTOOD = "Sorry, I couldn't understand that"

PRINTING = (
    "Is the AD5X printing?",
    "What is the AD5X printing?",
    "How long until the print is done?",
    "When will the print be done?",
    "Turn on the printer light",
    "Turn on the AD5X light",
    "What is the bed temperature of the AD5X?",
    "What is the AD5X bed temperature?",
    "What filament is in slot 2?",
    "Are any printers waiting for me?",
    "Turn off the fans",
    "Turn off everything in the workshop",
    "Turn off the lights in the workshop",
    "Is the AD5X printing?",
    "Pause the print",
    "Are any printers waiting for me?",
    "How long until the print is done?",
    "Resume the print",
    "Cancel the print",
    "Yes, cancel the print",
)
"""A conversation during a print."""


@pytest.fixture
def say(hass: HomeAssistant, pass_time: PassTime) -> Say:
    """Return what says something to the default assistant and returns its answer."""

    async def say(
        text: str, user_id: str | None = None, satellite: str | None = None
    ) -> str:
        context = Context(user_id=user_id)
        call = asyncio.ensure_future(
            async_converse(
                hass, text, None, context, language="en", device_id=satellite
            )
        )
        for _ in range(60):
            if call.done():
                break
            await pass_time(1, during_a_call=True)
        speech: str = (await call).response.speech["plain"]["speech"]
        return speech

    return say


@pytest.fixture
async def workshop(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> str:
    """Put the printer into a room, with a fan and a device that hears what is said there.

    Return the device.
    """
    area = ar.async_get(hass).async_create("Workshop")
    devices = dr.async_get(hass)
    devices.async_update_device(device_of(hass, printer), area_id=area.id)
    turn = {"event": "ceiling_fan"}
    fan = {"name": "Ceiling", "unique_id": "1", "state": "on"}
    fan |= {"turn_on": turn, "turn_off": turn}
    config = {"template": [{"fan": [fan]}]}
    assert await async_setup_component(hass, "template", config)
    await hass.async_block_till_done()
    er.async_get(hass).async_update_entity("fan.ceiling", area_id=area.id)
    other = MockConfigEntry()
    other.add_to_hass(hass)
    satellite = devices.async_get_or_create(
        config_entry_id=other.entry_id, identifiers={("test", "satellite")}
    )
    devices.async_update_device(satellite.id, area_id=area.id)
    return satellite.id


@pytest.fixture
async def printing(
    printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    """Let the printer print."""
    start_printing(printer)
    await pass_time(20)


@pytest.fixture
def morning(freezer: FrozenDateTimeFactory) -> None:
    """Begin in the morning of a day, before anything else happens."""
    freezer.move_to("2030-01-07T16:00:00+00:00")


@pytest.mark.usefixtures("morning", "printing")
async def test_transcript(workshop: str, say: Say) -> None:
    lines: list[str] = []
    for sentence in PRINTING:
        lines += [f"> {sentence}", await say(sentence, satellite=workshop)]
    paper = (ROOT / "docs" / "voice.md").read_text()
    block = re.search(r"```text\n(.*?)```", paper, re.DOTALL)
    assert block is not None
    assert "\n".join(lines) == block[1].strip()


async def test_an_idle_printer(loaded: MockConfigEntry, say: Say) -> None:
    for sentence in PRINTING[:4]:
        assert await say(sentence) == "AD5X is not printing."
    assert await say("Cancel the print") == "AD5X is not printing."
    assert await say("Pause the print") == NO_JOB
    assert (
        await say("Is any printer waiting for me") == "No printer is waiting for you."
    )


async def test_a_printer_that_is_off(
    printer: Printer, loaded: MockConfigEntry, say: Say, pass_time: PassTime
) -> None:
    await printer.stop()
    await pass_time(120)
    for sentence in (*PRINTING[:4], "What filament is in slot 1"):
        assert await say(sentence) == "AD5X does not answer."


@pytest.mark.usefixtures("printing")
async def test_a_yes_without_a_question_asks(
    hass: HomeAssistant, printer: Printer, say: Say, pass_time: PassTime
) -> None:
    assert "cannot be continued" in await say("Yes, cancel the print")
    await pass_time(70)
    assert "cannot be continued" in await say("Yes, cancel the print")
    assert state_of(hass, "sensor", printer, "status").state == "printing"
    assert "is canceled" in await say("Yes, cancel the AD5X print")


@pytest.mark.usefixtures("printing")
async def test_what_is_not_exposed_is_not_heard(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, say: Say
) -> None:
    light = entity_id(hass, "light", printer, "light")
    async_expose_entity(hass, "conversation", light, False)
    assert "is not exposed" in await say("Turn off the printer light")
    expose(hass, loaded, exposed=False)
    for sentence in PRINTING:
        answer = await say(sentence)
        assert "AD5X is" not in answer
        assert "print on" not in answer
    assert state_of(hass, "sensor", printer, "status").state == "printing"
    expose(hass, loaded, exposed=True)
    assert await say(PRINTING[0]) != NOT_UNDERSTOOD


@pytest.mark.usefixtures("printing")
async def test_rights(hass: HomeAssistant, printer: Printer, say: Say) -> None:
    stranger = limited(hass, {}).id
    guest = limited(hass, {"all": {"read": True}}).id
    assert "not clear which printer" in await say("Is the AD5X printing", stranger)
    assert "is printing" in await say("Is the AD5X printing", guest)
    for sentence in ("Pause the print", "Cancel the print", "Turn off the AD5X light"):
        assert "not allowed" in await say(sentence, guest)
    assert state_of(hass, "sensor", printer, "status").state == "printing"
    assert printer.machine.light


@pytest.mark.usefixtures("printing")
async def test_two_printers_and_a_new_name(
    hass: HomeAssistant,
    printer: Printer,
    make_printer: MakePrinter,
    set_up: SetUp,
    say: Say,
) -> None:
    other = await make_printer("creator5", name="Big (one) {x}")
    await set_up(make_entry(other))
    assert await say("Is the big one x printing") == (
        "Big (one) \\{x\\} is not printing."
    )
    assert (await say("How long until the print is done")).startswith("AD5X needs")
    dr.async_get(hass).async_update_device(
        device_of(hass, printer), name_by_user="Workshop printer"
    )
    await hass.async_block_till_done()
    assert "Workshop printer is printing" in await say("Is workshop printer printing")
    assert await say("Is the AD5X printing") != "AD5X is not printing."


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize(
    ("sentence", "fan", "light"),
    [
        ("Turn off the fans", True, True),
        ("Turn off the fans in the workshop", True, True),
        # Home Assistant has no such sentence; tests/surface has what a model can do.
        ("Turn off everything in the workshop", False, True),
        ("Turn off the lights in the workshop", False, False),
    ],
)
async def test_a_room_is_switched_off(
    hass: HomeAssistant,
    printer: Printer,
    workshop: str,
    say: Say,
    pass_time: PassTime,
    sentence: str,
    fan: bool,
    light: bool,
) -> None:
    turned = async_capture_events(hass, "ceiling_fan")
    body = printer.machine.body

    def set_by_hand() -> tuple[object, ...]:
        fans = body.part_fan, body.left_part_fan, body.chamber_fan
        return *fans, body.speed_factor, body.bed.target

    before = set_by_hand()
    await say(sentence, satellite=workshop)
    await pass_time(30)
    assert bool(turned) is fan, "the fan of the room is turned off"
    assert set_by_hand() == before
    assert state_of(hass, "sensor", printer, "status").state == "printing"
    assert body.light is light, "the test has to reach the printer"
