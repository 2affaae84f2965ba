"""Turn off when done and cool: the plug, or the printer's own turning off."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from simulator import Printer

from ..conftest import PassTime
from ..support.jobs import start_printing
from ..support.lookups import entity_id, state_of
from .conftest import UseBlueprint

PLUG = "switch.plug"


def _inputs(hass: HomeAssistant, printer: Printer) -> dict[str, object]:
    return {
        "printer": entity_id(hass, "sensor", printer, "status"),
        "plug": [PLUG],
        "temperatures": [
            entity_id(hass, "sensor", printer, f"{part}_temperature")
            for part in ("nozzle", "bed")
        ],
    }


def _hottest(hass: HomeAssistant, printer: Printer) -> float:
    return max(
        float(state_of(hass, "sensor", printer, f"{part}_temperature").state)
        for part in ("nozzle", "bed")
    )


async def test_the_plug_is_cut_when_the_printer_is_cool(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    use_blueprint: UseBlueprint,
) -> None:
    await use_blueprint("turn_off_when_cool", _inputs(hass, printer))
    cuts = async_mock_service(hass, "switch", "turn_off")
    start_printing(printer)
    await pass_time(20)
    printer.machine.finish_job()
    await pass_time(20)
    assert state_of(hass, "sensor", printer, "status").state == "completed"
    assert _hottest(hass, printer) >= 45
    assert cuts == []

    await pass_time(3600, step=15)
    assert _hottest(hass, printer) < 45
    assert [call.data["entity_id"] for call in cuts] == [[PLUG]]


@pytest.mark.parametrize(("after_cancel", "count"), [(False, 0), (True, 1)])
async def test_a_canceled_print_counts_only_if_chosen(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    use_blueprint: UseBlueprint,
    after_cancel: bool,
    count: int,
) -> None:
    inputs = {**_inputs(hass, printer), "after_cancel": after_cancel}
    await use_blueprint("turn_off_when_cool", inputs)
    cuts = async_mock_service(hass, "switch", "turn_off")
    start_printing(printer)
    await pass_time(20)
    printer.machine.cancel()
    await pass_time(3600, step=15)
    assert state_of(hass, "sensor", printer, "status").state == "canceled"
    assert len(cuts) == count


async def test_the_next_print_keeps_its_power(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    use_blueprint: UseBlueprint,
) -> None:
    await use_blueprint("turn_off_when_cool", _inputs(hass, printer))
    cuts = async_mock_service(hass, "switch", "turn_off")
    start_printing(printer)
    await pass_time(20)
    printer.machine.finish_job()
    await pass_time(20)
    printer.machine.clear_plate()
    start_printing(printer)
    await pass_time(120, step=5)
    assert state_of(hass, "sensor", printer, "status").state == "printing"
    assert cuts == []


async def test_the_printer_turns_itself_off(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    use_blueprint: UseBlueprint,
) -> None:
    own = entity_id(hass, "switch", printer, "auto_power_off")
    inputs = {**_inputs(hass, printer), "plug": [], "own": [own]}
    await use_blueprint("turn_off_when_cool", inputs)
    assert state_of(hass, "switch", printer, "auto_power_off").state == "off"
    start_printing(printer)
    await pass_time(30)
    assert state_of(hass, "switch", printer, "auto_power_off").state == "on"
