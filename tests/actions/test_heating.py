"""Preheating, as an automation starts it and as it ends."""

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from simulator import Fault, Printer

from ..support.jobs import start_printing
from ..support.lookups import call, device_of, restart, state_of
from ..support.timing import Time


async def preheat(
    hass: HomeAssistant, printer: Printer, time: Time, **data: object
) -> None:
    """Call the action."""
    await time.passes_until(
        hass.services.async_call(
            DOMAIN,
            "preheat",
            {"device_id": device_of(hass, printer), **data},
            blocking=True,
        )
    )


def targets(printer: Printer) -> tuple[float, float]:
    """Return the targets of the first nozzle and of the bed."""
    return printer.machine.nozzles[0].target, printer.machine.bed.target


def left(hass: HomeAssistant, printer: Printer) -> str:
    """Return the minutes that Home Assistant shows."""
    return state_of(hass, "sensor", printer, "preheat_remaining").state


async def test_everything_is_off_after_the_time(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    assert left(hass, printer) == STATE_UNKNOWN
    await preheat(hass, printer, time, nozzle=220, bed=60, minutes=3)
    assert targets(printer) == (220, 60)
    assert left(hass, printer) == "3"
    await time.passes(100)
    assert left(hass, printer) == "2"
    assert targets(printer) == (220, 60)
    await time.passes(90)
    assert targets(printer) == (0, 0)
    assert left(hass, printer) == STATE_UNKNOWN


@pytest.mark.parametrize("over", [60, 600])
async def test_it_ends_after_a_restart(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    over: int,
) -> None:
    await preheat(hass, printer, time, bed=60, minutes=5)
    await hass.config_entries.async_unload(loaded.entry_id)
    await time.passes(over)
    assert targets(printer) == (0, 60)
    await hass.config_entries.async_setup(loaded.entry_id)
    await time.settle()
    if over < 300:
        assert left(hass, printer) == "4"
        assert targets(printer) == (0, 60)
        await time.passes(250)
    await time.passes(5)
    assert targets(printer) == (0, 0)
    assert left(hass, printer) == STATE_UNKNOWN


async def test_a_print_keeps_its_heat(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=180, minutes=2)
    start_printing(printer)
    await time.passes(20)
    assert left(hass, printer) == STATE_UNKNOWN
    await time.passes(180)
    assert min(targets(printer)) > 0
    await restart(hass, loaded)
    await time.passes(60)
    assert min(targets(printer)) > 0


async def test_cool_down_ends_it(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=180, bed=50)
    await time.passes_until(call(hass, "button", "press", printer, "cool_down"))
    await time.passes(20)
    assert left(hass, printer) == STATE_UNKNOWN
    printer.machine.bed.target = 40
    await time.passes(2000)
    assert targets(printer) == (0, 40), "the time of the old preheating is over"


async def test_switching_off_is_tried_until_it_works(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, bed=60, minutes=1)
    printer.faults.add(Fault.IGNORE_COMMANDS)
    await time.passes(120)
    assert targets(printer) == (0, 60)
    printer.faults.clear()
    await time.passes(120)
    assert targets(printer) == (0, 0)


@pytest.mark.parametrize(
    ("model", "data", "key"),
    [
        ("ad5x", {"nozzle": 301}, "target_too_high"),
        ("ad5x", {"bed": 111, "nozzle": 200}, "target_too_high"),
        ("ad5x", {"chamber": 40}, "unsupported"),
        ("ad5x", {"nozzle": 200, "toolhead": 2}, "unsupported"),
        ("creator5_pro", {"chamber": 81, "bed": 60}, "target_too_high"),
    ],
)
async def test_limits_are_checked_before_anything_heats(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    data: dict[str, int],
    key: str,
) -> None:
    with pytest.raises(HomeAssistantError) as raised:
        await preheat(hass, printer, time, **data)
    assert raised.value.translation_key == key
    assert targets(printer) == (0, 0)
    assert left(hass, printer) == STATE_UNKNOWN


async def test_a_job_is_not_disturbed(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    start_printing(printer)
    before = targets(printer)
    with pytest.raises(HomeAssistantError) as raised:
        await preheat(hass, printer, time, nozzle=250)
    assert raised.value.translation_key == "job_runs"
    assert targets(printer) == before


async def test_what_fails_leaves_nothing_hot(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    printer.faults.add(Fault.IGNORE_COMMANDS)
    with pytest.raises(HomeAssistantError) as raised:
        await preheat(hass, printer, time, nozzle=200, bed=60)
    assert raised.value.translation_key == "not_confirmed"
    printer.faults.clear()
    await time.passes(60)
    assert targets(printer) == (0, 0)
    assert left(hass, printer) == STATE_UNKNOWN


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_another_toolhead(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=210, toolhead=3, chamber=45, minutes=1)
    assert [each.target for each in printer.machine.nozzles] == [0, 0, 210, 0]
    assert printer.machine.chamber is not None
    assert printer.machine.chamber.target == 45
    await time.passes(75)
    assert not any(each.target for each in printer.machine.nozzles)
    assert printer.machine.chamber.target == 0


@pytest.mark.parametrize("data", [{}, {"minutes": 5}, {"bed": 0}, {"bed": 60.5}])
async def test_what_is_no_wish(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    data: dict[str, float],
) -> None:
    with pytest.raises(probatio.Invalid):
        await preheat(hass, printer, time, **data)
