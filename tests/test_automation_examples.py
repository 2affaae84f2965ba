"""Each example of docs/automations.md, run: it fires when it has to, and not before."""

from collections.abc import Awaitable, Callable
from pathlib import Path
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)
import yaml  # type: ignore[import-untyped]  # it ships no types

from custom_components.flashforge.condition import CONDITIONS
from custom_components.flashforge.trigger import TRIGGERS
from simulator import Printer, StoredFile

from .conftest import MakePrinter, PassTime, SetUp, make_entry
from .support.lookups import device_of

FILE = StoredFile("part.gcode", 1800, 60)


def examples(kind: str) -> dict[str, dict[str, Any]]:
    """Return the examples of the triggers or the conditions, by their key."""
    text = (Path(__file__).parents[1] / "docs/automations.md").read_text()
    blocks = [
        yaml.safe_load(each)
        for each in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    ]
    found = [each for block in blocks for each in block.get(kind, ())]
    keys = [each[kind.removesuffix("s")].removeprefix("flashforge.") for each in found]
    assert len(set(keys)) == len(keys), "one example for each"
    return dict(zip(keys, found, strict=True))


def test_every_trigger_and_condition_has_an_example() -> None:
    assert [*examples("triggers")] == [*TRIGGERS]
    assert [*examples("conditions")] == [*CONDITIONS]


@pytest.fixture
async def printer(make_printer: MakePrinter) -> Printer:
    """Return a printer with a material station and one file."""
    return await make_printer("ad5x", files=[FILE])


async def automate(hass: HomeAssistant, **parts: Any) -> list[Any]:
    """Set up an automation, and note when it runs."""
    automation = {"alias": "it", "actions": {"event": "fired"}, **parts}
    assert await async_setup_component(hass, "automation", {"automation": automation})
    await hass.async_block_till_done()
    state = hass.states.get("automation.it")
    assert state is not None
    assert state.state == "on"
    return async_capture_events(hass, "fired")


async def begin(printer: Printer) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()


def do(name: str, *args: Any) -> Callable[[Printer], Awaitable[None]]:
    """Return what does something to the machine of a printer."""

    async def deed(printer: Printer) -> None:
        getattr(printer.machine, name)(*args)

    return deed


pause, resume, cancel = do("pause"), do("resume"), do("cancel")
finish, clear = do("finish_job"), do("clear_plate")
type Script = list[int | Callable[[Printer], Awaitable[None]]]

# What must not fire it, and what must, which follows at once; numbers are seconds.
SCRIPTS: dict[str, tuple[Script, Script]] = {
    "print_started": ([do("calibrate", 60), 90, do("load", 1), 200], [begin, 16]),
    "first_layer_done": ([begin, 15], [30]),
    "print_paused": ([begin, 16], [pause, 20]),
    "filament_ran_out": (
        [
            begin,
            16,
            pause,
            20,
            resume,
            60,
            do("set_error", "E0163"),
            pause,
            20,
            resume,
            60,
        ],
        [do("set_error", "E0101"), pause, 20],
    ),
    "print_resumed": ([begin, 16, pause, 20], [resume, 20]),
    "print_error": ([begin, 16, pause, 20, resume, 20], [do("fail", "E0109"), 16]),
    "print_finished": ([begin, 16, cancel, 30, clear, 16, begin, 16], [finish, 16]),
    "print_canceled": (
        [
            begin,
            16,
            finish,
            16,
            clear,
            16,
            begin,
            16,
            do("fail", "E0109"),
            16,
            cancel,
            30,
            clear,
            do("set_error", None),
            16,
            begin,
            16,
            pause,
            20,
        ],
        [cancel, 30],
    ),
    "print_failed": (
        [begin, 16, cancel, 30, clear, 16, begin, 16, do("fail", "E0109"), 16],
        [cancel, 30],
    ),
    "plate_cleared": ([begin, 16, finish, 30], [clear, 16]),
    "cooled_down": ([begin, 60, finish, 30], [3600]),
    "progress_reached": ([begin, 800], [200]),
    "layer_reached": ([begin, 250], [60]),
    "time_left": ([begin, 800], [200]),
    "printer_offline": ([Printer.stop, 250, Printer.start, 400], [Printer.stop, 400]),
    "printer_online": (
        [Printer.stop, 120, Printer.start, 250, Printer.stop, 120, Printer.start, 60],
        [400],
    ),
}


async def play(script: Script, printer: Printer, pass_time: PassTime) -> None:
    for each in script:
        if isinstance(each, int):
            await pass_time(each)
        else:
            await each(printer)


def test_every_trigger_has_a_script() -> None:
    assert [*SCRIPTS] == [*TRIGGERS]


@pytest.mark.parametrize("key", TRIGGERS)
async def test_a_trigger_fires_once_when_it_has_to(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    key: str,
) -> None:
    target = {"target": {"device_id": device_of(hass, printer)}}
    fired = await automate(hass, triggers=examples("triggers")[key] | target)
    await pass_time(16)
    before, then = SCRIPTS[key]

    await play(before, printer, pass_time)
    assert fired == []

    await play(then, printer, pass_time)
    assert len(fired) == 1


async def test_no_trigger_fires_for_another_printer(
    hass: HomeAssistant,
    make_printer: MakePrinter,
    set_up: SetUp,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    other = await make_printer("5m_pro", files=[FILE])
    await set_up(make_entry(other))
    target = {"target": {"device_id": device_of(hass, other)}}
    triggers = [each | target for each in examples("triggers").values()]
    fired = await automate(hass, triggers=triggers)
    await pass_time(16)
    await play(
        [begin, 60, pause, 20, resume, 20, finish, 3600, clear, 16], printer, pass_time
    )
    assert fired == []

    await play([begin, 20], other, pass_time)
    assert len(fired) == 1


@pytest.mark.parametrize("key", ["progress_reached", "layer_reached", "time_left"])
async def test_a_value_that_has_to_last_lasts(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    key: str,
) -> None:
    example = examples("triggers")[key]
    example["target"] = {"device_id": device_of(hass, printer)}
    example["options"]["for"] = "00:02:00"
    fired = await automate(hass, triggers=example)
    await pass_time(16)

    # The print ends too early, ...
    reach, rest = (250, 80) if key == "layer_reached" else (850, 80)
    await play([begin, reach, rest, cancel, 400, clear, 16], printer, pass_time)
    assert fired == []
    # ... and goes on long enough.
    await play([begin, reach, rest], printer, pass_time)
    assert fired == []
    await pass_time(150)
    assert len(fired) == 1


def fill(material: str, *, number: int, filled: bool = True) -> Script:
    """Return what puts filament into one slot, and PETG into all others."""

    async def deed(printer: Printer) -> None:
        for slot in printer.machine.slots:
            mine = slot.number == number
            slot.material = material if mine else "PETG"
            slot.has_filament = filled or not mine

    return [deed, 16]


# What makes a condition false, and what makes it true.
STATES: dict[str, tuple[Script, Script]] = {
    "is_printing": ([begin, 16, pause, 20], [resume, 20]),
    "is_paused": ([begin, 16], [pause, 20]),
    "is_idle": ([begin, 16, finish, 16], [clear, 16]),
    "plate_is_occupied": ([begin, 16], [finish, 16]),
    "slot_holds": (fill("PLA", number=2, filled=False), fill("PLA", number=2)),
}


@pytest.mark.parametrize("key", CONDITIONS)
@pytest.mark.parametrize("lasts", [0, 120])
async def test_a_condition_lets_pass_what_it_says(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    key: str,
    lasts: int,
) -> None:
    condition = examples("conditions")[key]
    condition["target"] = {"device_id": device_of(hass, printer)}
    if lasts:
        condition["options"]["for"] = {"seconds": lasts}
    fired = await automate(
        hass,
        triggers={"trigger": "event", "event_type": "ask"},
        conditions=condition,
    )

    async def passes() -> bool:
        fired.clear()
        hass.bus.async_fire("ask")
        await hass.async_block_till_done()
        return len(fired) == 1

    await pass_time(16)
    false, true = STATES[key]
    await play(false, printer, pass_time)
    assert not await passes()

    await play(true, printer, pass_time)
    assert await passes() is (lasts == 0)
    await pass_time(lasts)
    assert await passes()

    if key == "slot_holds":
        await play(false, printer, pass_time)
        assert not await passes()
