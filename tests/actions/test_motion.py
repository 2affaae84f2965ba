"""Moving printers through Home Assistant: what happens, and what is refused and why."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers import device_registry as dr
import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.flashforge.api.commands.gcode import bad_gcode, read_gcode
from custom_components.flashforge.api.errors import GcodeError
from custom_components.flashforge.api.lines import (
    channel as tcp,
    control as line_control,
    session as line_session,
)
from custom_components.flashforge.const import DOMAIN
from simulator import LINES, Fault, ManualClock, Printer, Status

from ..conftest import PassTime
from ..support.jobs import start_printing
from ..support.lookups import call, call_while, entity_id, has_entity, state_of

MOVERS = ("5m", "5m_pro", "ad5x")
OVER_LINES = ("5m", "5m_pro")
CREATORS = ("creator5", "creator5_pro")

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default", "loaded")


def device_of(hass: HomeAssistant, printer: Printer) -> dr.DeviceEntry:
    devices = dr.async_get(hass).devices
    return next(each for each in devices if each.serial_number == printer.serial)


async def act(hass: HomeAssistant, printer: Printer, action: str, **data: Any) -> None:
    """Call an action, and wait until it is done."""
    await hass.services.async_call(
        DOMAIN,
        action,
        {"device_id": device_of(hass, printer).id, **data},
        blocking=True,
    )


async def send(hass: HomeAssistant, printer: Printer, gcode: str, **data: Any) -> Any:
    """Send G-code and return the replies."""
    response = await hass.services.async_call(
        DOMAIN,
        "send_gcode",
        {"device_id": device_of(hass, printer).id, "gcode": gcode, **data},
        blocking=True,
        return_response=True,
    )
    assert response is not None
    return response["replies"]


async def refused(
    hass: HomeAssistant, printer: Printer, key: str, action: str, **data: Any
) -> dict[str, str]:
    """Expect an action to be refused, and return what the text is filled with."""
    before = len(printer.commands), len(printer.lines)
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, printer, action, **data)
    assert caught.value.translation_key == key
    assert caught.value.translation_domain == DOMAIN
    # Nothing was sent.
    assert (len(printer.commands), len(printer.lines)) == before
    return caught.value.translation_placeholders or {}


def left_alone(printer: Printer) -> bool:
    """Return whether control was given back."""
    return not printer.controlled


EVERYTHING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("home", {}),
    ("move", {"z": 10}),
    ("extrude", {"distance": 5}),
    ("calibrate", {}),
)
WITHOUT_CALIBRATE = EVERYTHING[:-1]


# --- what works -------------------------------------------------------------------


@pytest.mark.parametrize("model", MOVERS)
async def test_home(hass: HomeAssistant, printer: Printer, pass_time: PassTime) -> None:
    await call_while(act(hass, printer, "home"), pass_time, 40)

    assert printer.machine.motion.homed
    assert printer.machine.status is Status.READY
    assert left_alone(printer)


@pytest.mark.parametrize("model", MOVERS)
async def test_home_button(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    await call_while(call(hass, "button", "press", printer, "home"), pass_time, 40)
    assert printer.machine.motion.homed

    printer.machine.start_job()
    await pass_time(16)
    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, "button", "press", printer, "home")
    assert caught.value.translation_key == "job_runs"


@pytest.mark.parametrize("model", MOVERS)
async def test_move(hass: HomeAssistant, printer: Printer, pass_time: PassTime) -> None:
    moving = act(hass, printer, "move", x=-12.5, y=3, z=20)
    await call_while(moving, pass_time, 10)

    assert printer.machine.motion.position == {"x": -12.5, "y": 3, "z": 20}
    assert left_alone(printer)


@pytest.mark.parametrize("model", ["5m"])
async def test_bed_moves_away_first_and_comes_back_last(
    hass: HomeAssistant, printer: Printer
) -> None:
    await act(hass, printer, "move", x=5, z=5, feed_rate=900)
    await act(hass, printer, "move", x=5, z=-5)

    moves = [line for line in printer.lines if line.startswith("G1")]
    assert moves == ["G1 Z5 F900", "G1 X5 F900", "G1 X5 F3000", "G1 Z-5 F600"]


@pytest.mark.parametrize("model", MOVERS)
async def test_a_finished_print_can_be_brought_forward(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.start_job()
    printer.machine.finish_job()
    await call_while(act(hass, printer, "move", y=50), pass_time, 10)
    assert printer.machine.motion.position["y"] == 50
    assert printer.machine.status is Status.COMPLETED


@pytest.mark.parametrize("model", OVER_LINES)
async def test_extrude_over_lines(hass: HomeAssistant, printer: Printer) -> None:
    printer.machine.nozzles[0].temperature = 205
    await act(hass, printer, "extrude", distance=12)
    assert printer.machine.motion.extruded == 12
    assert left_alone(printer)


@pytest.mark.parametrize("model", ["ad5x"])
async def test_extrude_of_one_that_heats_by_itself(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    await act(hass, printer, "extrude", distance=-8)
    await pass_time(180, step=20)
    assert printer.machine.motion.extruded == -8
    assert printer.line_connections == 0


@pytest.mark.parametrize("model", MOVERS)
async def test_send_gcode(hass: HomeAssistant, printer: Printer) -> None:
    replies = await send(hass, printer, "M105 ; how warm\n\n~G90\n (nothing)\n")
    assert replies == [
        {"line": "M105", "reply": "T0:25.0/0.0 T1:0.0/0.0 B:25.0/0.0"},
        {"line": "G90", "reply": ""},
    ]
    assert printer.lines == ["M601 S1", "M105", "G90", "M602"]
    assert left_alone(printer)


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_send_gcode_while_printing_if_forced(
    hass: HomeAssistant, printer: Printer
) -> None:
    printer.machine.start_job()
    await refused(hass, printer, "job_runs", "send_gcode", gcode="M106 S255")
    await send(hass, printer, "M106 S255", force=True)
    assert printer.machine.part_fan == 100


@pytest.mark.parametrize("model", ["5m", "ad5x", "creator5_pro"])
@pytest.mark.parametrize(
    ("chosen", "seconds"),
    [
        ({}, 300),
        ({"vibration": True}, 480),
        ({"leveling": False, "vibration": True}, 180),
    ],
)
async def test_calibrate(
    hass: HomeAssistant,
    printer: Printer,
    pass_time: PassTime,
    chosen: dict[str, bool],
    seconds: int,
) -> None:
    await call_while(act(hass, printer, "calibrate", **chosen), pass_time, 10)
    assert printer.machine.status is Status.CALIBRATING
    printer.clock.advance(seconds - 20)
    assert printer.machine.status is Status.CALIBRATING
    printer.clock.advance(20)
    assert printer.machine.status is Status.READY


# --- names ------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["5m", "ad5x", "creator5"])
async def test_rename(
    hass: HomeAssistant, printer: Printer, entry: ConfigEntry
) -> None:
    await act(hass, printer, "rename", name="  Workshop ")
    assert printer.name == "Workshop"
    assert entry.title == "Workshop"
    assert device_of(hass, printer).name == "Workshop"


async def test_rename_keeps_the_name_that_the_user_gave_the_entry(
    hass: HomeAssistant, printer: Printer, entry: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(entry, title="Mine")
    await act(hass, printer, "rename", name="Workshop")
    assert printer.name == "Workshop"
    assert entry.title == "Mine"
    assert device_of(hass, printer).name == "AD5X"


async def test_rename_keeps_the_name_that_the_user_gave_the_device(
    hass: HomeAssistant, printer: Printer
) -> None:
    device = device_of(hass, printer)
    dr.async_get(hass).async_update_device(device.id, name_by_user="Mine")
    await act(hass, printer, "rename", name="Workshop")
    assert device_of(hass, printer).name_by_user == "Mine"


async def test_a_name_is_one_line(hass: HomeAssistant, printer: Printer) -> None:
    await act(hass, printer, "rename", name='  Küche\n"1"\t ')
    assert printer.commands == [("reName_cmd", {"name": 'Küche "1"'})]


async def test_rename_that_is_ignored(
    hass: HomeAssistant, printer: Printer, entry: ConfigEntry, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.IGNORE_COMMANDS)
    with pytest.raises(HomeAssistantError) as caught:
        await call_while(act(hass, printer, "rename", name="Other"), pass_time, 10)
    assert caught.value.translation_key == "not_confirmed"
    assert entry.title == "AD5X"


# --- what is refused --------------------------------------------------------------


@pytest.mark.parametrize("model", CREATORS)
@pytest.mark.parametrize(
    ("action", "data"), [*WITHOUT_CALIBRATE, ("send_gcode", {"gcode": "G28"})]
)
async def test_creators_have_none_of_it_and_no_connection_is_tried(
    hass: HomeAssistant,
    printer: Printer,
    monkeypatch: pytest.MonkeyPatch,
    action: str,
    data: dict[str, Any],
) -> None:
    # Somebody listens where a Creator does not, and would see it.
    async with Printer(
        "5m",
        host=printer.host,
        http_port=0,
        camera_port=0,
        discovery_port=0,
        tcp_port=0,
    ) as listener:
        monkeypatch.setattr(tcp, "PORT", listener.tcp_port)
        await refused(hass, printer, "unsupported", action, **data)
        assert listener.line_connections == 0


@pytest.mark.parametrize("model", CREATORS)
async def test_creators_have_no_entities_for_it(
    hass: HomeAssistant, printer: Printer
) -> None:
    assert not has_entity(hass, "button", printer, "home")
    assert not has_entity(hass, "switch", printer, "runout_sensor")


def _pause(printer: Printer) -> None:
    start_printing(printer)
    printer.machine.pause()


def _calibrate(printer: Printer) -> None:
    printer.machine.calibrate()


def _be_odd(printer: Printer) -> None:
    printer.overrides["status"] = "knitting"


def _load(printer: Printer) -> None:
    printer.overrides["matlStationInfo"] = {
        "slotCnt": 4,
        "stateAction": 2,
        "stateStep": 1,
        "slotInfos": [],
    }


@pytest.mark.parametrize("model", MOVERS)
@pytest.mark.parametrize(("action", "data"), EVERYTHING)
@pytest.mark.parametrize(
    ("happens", "key"),
    [
        (start_printing, "job_runs"),
        (_pause, "job_runs"),
        (_be_odd, "job_runs"),
        (_calibrate, "not_idle"),
        (lambda printer: printer.machine.home(), "not_idle"),
        (lambda printer: printer.machine.fail("E0009"), "not_idle"),
    ],
    ids=["printing", "paused", "unknown", "calibrating", "homing", "error"],
)
async def test_not_while_something_goes_on(
    hass: HomeAssistant,
    printer: Printer,
    action: str,
    data: dict[str, Any],
    happens: Callable[[Printer], None],
    key: str,
) -> None:
    happens(printer)
    await refused(hass, printer, key, action, **data)


@pytest.mark.parametrize(("action", "data"), EVERYTHING)
async def test_not_while_filament_moves(
    hass: HomeAssistant, printer: Printer, action: str, data: dict[str, Any]
) -> None:
    _load(printer)
    await refused(hass, printer, "not_idle", action, **data)


@pytest.mark.parametrize("model", MOVERS)
@pytest.mark.parametrize("action", ["home", "calibrate"])
async def test_not_with_a_print_on_the_plate(
    hass: HomeAssistant, printer: Printer, action: str
) -> None:
    printer.machine.start_job()
    printer.machine.finish_job()
    await refused(hass, printer, "not_idle", action)


@pytest.mark.parametrize("model", OVER_LINES)
@pytest.mark.parametrize("temperature", [25, 169.4])
async def test_cold_filament_is_not_pushed(
    hass: HomeAssistant, printer: Printer, temperature: float
) -> None:
    printer.machine.nozzles[0].temperature = temperature
    filled = await refused(hass, printer, "too_cold", "extrude", distance=5)
    assert filled == {"temperature": str(round(temperature))}


@pytest.mark.parametrize("model", ["5m"])
async def test_unknown_temperature_counts_as_cold(
    hass: HomeAssistant, printer: Printer
) -> None:
    printer.omit.add("rightTemp")
    filled = await refused(hass, printer, "too_cold", "extrude", distance=5)
    assert filled == {"temperature": "?"}


async def test_nothing_to_do(hass: HomeAssistant, printer: Printer) -> None:
    await refused(hass, printer, "nothing_to_move", "move")
    await refused(hass, printer, "nothing_to_extrude", "extrude", distance=0)
    await refused(hass, printer, "nothing_to_move", "move", x=0)
    await refused(
        hass,
        printer,
        "nothing_to_calibrate",
        "calibrate",
        leveling=False,
        vibration=False,
    )


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("move", {"x": 100.1}),
        ("move", {"z": -101}),
        ("move", {"x": 1, "feed_rate": 0}),
        ("extrude", {"distance": 200}),
        ("extrude", {}),
        ("rename", {"name": "   "}),
        ("rename", {"name": "x" * 33}),
    ],
)
async def test_what_is_out_of_bounds(
    hass: HomeAssistant, printer: Printer, action: str, data: dict[str, Any]
) -> None:
    with pytest.raises(probatio.Invalid):
        await act(hass, printer, action, **data)
    assert printer.commands == []


@pytest.mark.parametrize("model", ["5m"])
@pytest.mark.parametrize(
    ("gcode", "key"),
    [
        ("M601 S1", "gcode_session"),
        ("G90\nm0602", "gcode_session"),
        ("M28 5 0:/user/x.gx", "gcode_job"),
        ("M23 0:/user/x.gx", "gcode_job"),
        ("M112", "gcode_job"),
        ("M109 S200", "gcode_wait"),
        ("M144", "gcode_harmful"),
        ("M654 S1", "gcode_harmful"),
        ("FIRMWARE_RESTART", "gcode_invalid"),
        ("G1 X1\tY2\x07", "gcode_invalid"),
        ("G1 Größe", "gcode_invalid"),
        ("; nothing but words", "gcode_length"),
        ("G90\n" * 51, "gcode_length"),
        ("G1 " + "X1 " * 100, "gcode_length"),
    ],
)
async def test_gcode_that_is_not_sent(
    hass: HomeAssistant, printer: Printer, gcode: str, key: str
) -> None:
    await refused(hass, printer, key, "send_gcode", gcode=gcode, force=True)


def test_every_line_of_gcode_is_looked_at() -> None:
    assert bad_gcode(read_gcode("G28\nG1 X5 Y-3.2 F3000\nM104 S0\nT0\nG92.1")) is None
    assert isinstance(bad_gcode(read_gcode("G28\nM601.0")), GcodeError)


@pytest.mark.parametrize("model", ["5m"])
async def test_gcode_is_for_administrators(
    hass: HomeAssistant, printer: Printer, hass_read_only_user: MockUser
) -> None:
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            "send_gcode",
            {"device_id": device_of(hass, printer).id, "gcode": "G28"},
            blocking=True,
            context=Context(user_id=hass_read_only_user.id),
        )
    assert printer.line_connections == 0


# --- trouble ----------------------------------------------------------------------


async def fails(
    hass: HomeAssistant, printer: Printer, key: str, action: str, **data: Any
) -> None:
    with pytest.raises(HomeAssistantError) as caught:
        await act(hass, printer, action, **data)
    assert caught.value.translation_key == key


ON_LINES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("home", {}),
    ("move", {"z": 10}),
    ("send_gcode", {"gcode": "M105"}),
)


@pytest.mark.parametrize("model", OVER_LINES)
@pytest.mark.parametrize(("action", "data"), ON_LINES)
async def test_another_program_has_control(
    hass: HomeAssistant, printer: Printer, action: str, data: dict[str, Any]
) -> None:
    printer.seize_control()
    await fails(hass, printer, "line_channel_taken", action, **data)
    assert set(printer.lines) == {"M601 S1"}
    assert printer.controlled


@pytest.mark.parametrize("model", OVER_LINES)
@pytest.mark.parametrize(("action", "data"), ON_LINES)
@pytest.mark.parametrize(
    ("fault", "key", "read_key"),
    [
        (Fault.HANG, "line_channel_broken", "line_channel_closed"),
        (Fault.CUT, "line_channel_broken", "line_channel_closed"),
        (Fault.EMPTY, "line_channel_broken", "line_channel_closed"),
        (Fault.GARBAGE, "unreadable", "unreadable"),
    ],
)
async def test_channel_breaks_and_recovers(
    hass: HomeAssistant,
    printer: Printer,
    monkeypatch: pytest.MonkeyPatch,
    action: str,
    data: dict[str, Any],
    fault: Fault,
    key: str,
    read_key: str,
    clock: ManualClock,
) -> None:
    """After a line that only reads it is certain that nothing was changed."""
    for name in ("GCODE_TIMEOUT", "HOMING_TIMEOUT"):
        monkeypatch.setattr(line_control, name, 0.05)
    monkeypatch.setattr(line_session, "REPLY_TIMEOUT", 0.5)
    code = {"home": "G28", "move": "M114", "send_gcode": "M105"}[action]
    printer.faults.add(fault, path=f"{LINES}/{code}")
    expected = key if code.startswith("G") else read_key
    await fails(hass, printer, expected, action, **data)
    printer.faults.clear()
    # A printer keeps what a broken connection had for a while.
    clock.advance(30)

    assert len(await send(hass, printer, "M27")) == 1
    assert left_alone(printer)


@pytest.mark.parametrize("model", OVER_LINES)
async def test_a_very_short_move_is_no_long_one(
    hass: HomeAssistant, printer: Printer
) -> None:
    printer.machine.nozzles[0].temperature = 205
    await act(hass, printer, "extrude", distance=0.0125)
    assert any(line.startswith("G1 E0.01") for line in printer.lines)
    with pytest.raises(HomeAssistantError):
        await act(hass, printer, "move", x=0.00001)
    assert not any("e-" in line for line in printer.lines)


@pytest.mark.parametrize("model", OVER_LINES)
async def test_nobody_listens(hass: HomeAssistant, printer: Printer) -> None:
    printer.faults.add(Fault.REFUSE, path=LINES)
    await fails(hass, printer, "line_channel_closed", "home")
    # The printer itself is as well as before.
    assert state_of(hass, "sensor", printer, "status").state == "idle"


@pytest.mark.parametrize("model", MOVERS)
async def test_a_move_that_the_printer_only_acknowledges(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.quirks = replace(printer.quirks, moves_need_homing=True)
    with pytest.raises(HomeAssistantError) as caught:
        await call_while(act(hass, printer, "move", x=5), pass_time, 30)
    assert caught.value.translation_key == "not_moved"
    assert left_alone(printer)


async def test_homing_that_the_printer_only_acknowledges(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.IGNORE_COMMANDS)
    with pytest.raises(HomeAssistantError) as caught:
        await call_while(act(hass, printer, "home"), pass_time, 100)
    assert caught.value.translation_key == "not_confirmed"


async def test_a_printer_that_does_not_tell_where_it_stands(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.omit.add("coordinate")
    await call_while(act(hass, printer, "move", x=5), pass_time, 10)
    assert printer.machine.motion.position["x"] == 5


@pytest.mark.parametrize("model", ["5m"])
async def test_an_absent_printer(hass: HomeAssistant, printer: Printer) -> None:
    await printer.power_off()
    await fails(hass, printer, "unreachable", "home")


# --- runout sensor ----------------------------------------------------------------


@pytest.mark.parametrize("model", OVER_LINES)
async def test_runout_sensor(hass: HomeAssistant, printer: Printer) -> None:
    state = state_of(hass, "switch", printer, "runout_sensor")
    assert state.state == "unknown"
    assert state.attributes["assumed_state"] is True

    await call(hass, "switch", "turn_off", printer, "runout_sensor")
    assert printer.machine.runout_sensor is False
    assert state_of(hass, "switch", printer, "runout_sensor").state == "off"

    await call(hass, "switch", "turn_on", printer, "runout_sensor")
    assert printer.machine.runout_sensor is True
    assert state_of(hass, "switch", printer, "runout_sensor").state == "on"
    assert left_alone(printer)


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_runout_sensor_that_cannot_be_switched(
    hass: HomeAssistant, printer: Printer
) -> None:
    printer.seize_control()
    with pytest.raises(HomeAssistantError) as caught:
        await call(hass, "switch", "turn_off", printer, "runout_sensor")
    assert caught.value.translation_key == "line_channel_taken"
    assert state_of(hass, "switch", printer, "runout_sensor").state == "unknown"


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_runout_sensor_of_a_printer_that_is_off(
    hass: HomeAssistant, printer: Printer
) -> None:
    """The line port is silent as well, but that is not what a person has to know."""
    await printer.power_off()
    with pytest.raises(HomeAssistantError) as caught:
        await call(hass, "switch", "turn_off", printer, "runout_sensor")
    assert caught.value.translation_key == "unreachable"


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_runout_sensor_is_remembered(
    hass: HomeAssistant, printer: Printer, entry: MockConfigEntry
) -> None:
    found = entity_id(hass, "switch", printer, "runout_sensor")
    await call(hass, "switch", "turn_off", printer, "runout_sensor")
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    state = hass.states.get(found)
    assert state is not None
    assert state.state == "off"
