"""The smart plug a printer hangs on: when it is known to be off, and never cut while hot."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Printer

from ..conftest import PassTime, SetUp, make_entry
from ..support.lookups import call, has_entity, state_of

PLUG = "switch.plug"


@pytest.fixture
async def plug(hass: HomeAssistant) -> None:
    """Set up a switch that stands for a smart plug."""
    assert await async_setup_component(
        hass, "input_boolean", {"input_boolean": {"plug": {"initial": True}}}
    )
    assert await async_setup_component(
        hass,
        "template",
        {
            "template": [
                {
                    "switch": [
                        {
                            "name": "Plug",
                            "state": "{{ is_state('input_boolean.plug', 'on') }}",
                            "turn_on": [
                                {
                                    "action": "input_boolean.turn_on",
                                    "target": {"entity_id": "input_boolean.plug"},
                                }
                            ],
                            "turn_off": [
                                {
                                    "action": "input_boolean.turn_off",
                                    "target": {"entity_id": "input_boolean.plug"},
                                }
                            ],
                        }
                    ]
                }
            ]
        },
    )
    await hass.async_block_till_done()
    assert hass.states.get(PLUG).state == "on"


@pytest.fixture
def entry(printer: Printer) -> MockConfigEntry:
    return make_entry(printer, plug=PLUG)


@pytest.fixture
async def plugged(plug: None, set_up: SetUp, entry: MockConfigEntry) -> MockConfigEntry:
    """Return the entry of a printer on a plug, loaded."""
    await set_up(entry)
    return entry


async def switch_plug(hass: HomeAssistant, service: str) -> None:
    """Switch the plug as a person does at the wall."""
    await hass.services.async_call(
        "switch", service, {"entity_id": PLUG}, blocking=True
    )
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_plug_off_is_offline_at_once_and_nobody_asks(
    hass: HomeAssistant, printer: Printer, plugged: MockConfigEntry, pass_time: PassTime
) -> None:
    await switch_plug(hass, "turn_off")

    status = state_of(hass, "sensor", printer, "status")
    assert status.state == "offline"
    assert status.attributes["offline_reason"] == "switched_off"
    assert state_of(hass, "switch", printer, "power").state == "off"
    before = len(printer.requests)
    await pass_time(300)
    assert len(printer.requests) == before

    await switch_plug(hass, "turn_on")

    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert state_of(hass, "switch", printer, "power").state == "on"


async def test_cold_printer_may_lose_its_power(
    hass: HomeAssistant, printer: Printer, plugged: MockConfigEntry
) -> None:
    await call(hass, "switch", "turn_off", printer, "power")
    assert hass.states.get(PLUG).state == "off"

    await call(hass, "switch", "turn_on", printer, "power")
    assert hass.states.get(PLUG).state == "on"


@pytest.mark.parametrize(("part", "degrees"), [("bed", 51.0), ("nozzle", 190.0)])
async def test_hot_printer_keeps_its_power(
    hass: HomeAssistant,
    printer: Printer,
    plugged: MockConfigEntry,
    part: str,
    degrees: float,
) -> None:
    heater = {"bed": printer.machine.bed, "nozzle": printer.machine.nozzles[0]}[part]
    heater.temperature = degrees

    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, "switch", "turn_off", printer, "power")

    assert caught.value.translation_key == "too_hot"
    assert caught.value.translation_placeholders == {"temperature": str(round(degrees))}
    assert hass.states.get(PLUG).state == "on"


async def test_running_job_keeps_its_power(
    hass: HomeAssistant, printer: Printer, plugged: MockConfigEntry
) -> None:
    printer.machine.start_job()

    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, "switch", "turn_off", printer, "power")

    assert caught.value.translation_key == "job_runs"
    assert hass.states.get(PLUG).state == "on"


async def test_silent_printer_is_judged_by_what_it_said_last(
    hass: HomeAssistant, printer: Printer, plugged: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.machine.nozzles[0].temperature = 200
    await pass_time(16)
    await printer.power_off()
    await pass_time(16)
    assert state_of(hass, "sensor", printer, "status").state == "offline"

    with pytest.raises(ServiceValidationError):
        await call(hass, "switch", "turn_off", printer, "power")


async def test_plug_that_cannot_be_reached_is_no_news_of_the_printer(
    hass: HomeAssistant, printer: Printer, plugged: MockConfigEntry
) -> None:
    hass.states.async_set(PLUG, "unavailable")
    await hass.async_block_till_done(wait_background_tasks=True)

    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert state_of(hass, "switch", printer, "power").state == "unavailable"


async def test_no_power_switch_without_a_plug(
    hass: HomeAssistant, printer: Printer, set_up: SetUp
) -> None:
    await set_up(make_entry(printer))

    assert not has_entity(hass, "switch", printer, "power")


METER = "sensor.meter"


@pytest.mark.parametrize(
    ("unit", "idle", "off"), [("W", "12.5", "0.2"), ("kW", "0.0125", "0.0002")]
)
async def test_meter_says_when_to_look(
    hass: HomeAssistant,
    printer: Printer,
    set_up: SetUp,
    unit: str,
    idle: str,
    off: str,
) -> None:
    hass.states.async_set(METER, idle, {"unit_of_measurement": unit})
    await set_up(make_entry(printer, power_meter=METER))

    await printer.power_off()
    hass.states.async_set(METER, off, {"unit_of_measurement": unit})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(hass, "sensor", printer, "status").state == "offline"

    await printer.power_on()
    hass.states.async_set(METER, idle, {"unit_of_measurement": unit})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(hass, "sensor", printer, "status").state == "idle"


@pytest.mark.parametrize("reading", ["unavailable", "unknown", "13.0", "nonsense"])
async def test_meter_that_says_nothing_new_costs_no_poll(
    hass: HomeAssistant, printer: Printer, set_up: SetUp, reading: str
) -> None:
    hass.states.async_set(METER, "12.5", {"unit_of_measurement": "W"})
    await set_up(make_entry(printer, power_meter=METER))
    before = len(printer.requests)

    hass.states.async_set(METER, reading, {"unit_of_measurement": "W"})
    await hass.async_block_till_done(wait_background_tasks=True)

    assert len(printer.requests) == before


async def test_meter_that_appears_later_costs_no_poll(
    hass: HomeAssistant, printer: Printer, set_up: SetUp
) -> None:
    await set_up(make_entry(printer, power_meter=METER))
    before = len(printer.requests)

    hass.states.async_set(METER, "12.5", {"unit_of_measurement": "W"})
    await hass.async_block_till_done(wait_background_tasks=True)

    assert len(printer.requests) == before
