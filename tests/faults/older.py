"""More columns: the same moments of printers whose only port is the line port."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from homeassistant.exceptions import HomeAssistantError

from simulator import LINES, Status
from tests.support.lookups import call

from .moments import MOMENTS, Expected, Moment, print_job
from .orders import ORDERS
from .troubles import Act, Layer, Scene, Trouble

POLL, ORDER = "poll", "order"
"""The names under which rows say what all polls or all orders end with, if it differs."""

PAUSE_TAKES = 60
"""Seconds after which a printer shows that it pauses or not."""

_PORT = frozenset({Layer.WORLD, Layer.PORT})
_ONE = frozenset({Layer.ONE_LINE})
_ORDER = _PORT | _ONE
_FILE = frozenset({Layer.LINE_FILE})

type Outcome = Callable[[Scene], Awaitable[str | None]]


def _target(scene: Scene) -> str:
    return "nozzle_target" if scene.printer.model.tools == 1 else "nozzle_2_target"


async def _heated(scene: Scene) -> str | None:
    """Set the target of the last nozzle to another one than it has."""
    nozzle = scene.printer.machine.nozzles[-1]
    wanted = 200 if nozzle.target != 200 else 190
    action = call(
        scene.hass, "number", "set_value", scene.printer, _target(scene), value=wanted
    )
    try:
        await scene.time.passes_until(action)
    except HomeAssistantError as err:
        return err.translation_key
    assert nozzle.target == wanted
    return None


async def _paused(scene: Scene) -> str | None:
    """Pause the job; a pause that was kept because of a trouble comes later."""
    machine = scene.printer.machine
    if machine.status is Status.PAUSED:
        machine.resume()
        machine.finish_warm_up()
        await scene.time.passes(20)
    action = call(scene.hass, "button", "press", scene.printer, "pause")
    try:
        await scene.time.passes_until(action, PAUSE_TAKES)
    except HomeAssistantError as err:
        return err.translation_key
    assert machine.status is Status.PAUSED
    return None


def _rested(prepare: Act) -> Act:
    """Return what prepares a scene until nothing is under way at the one port."""

    async def rested(scene: Scene) -> None:
        await prepare(scene)
        await scene.time.passes(20)

    return rested


_KNOWN = {each.name: each for each in (*MOMENTS, *ORDERS)}
_POLLS = ("set_up", "idle_poll", "printing_poll")
_PICTURES = ("thumbnail", "camera")


def _at(name: str, full_name: str) -> Expected:
    kind = POLL if name in _POLLS else ORDER

    def expected(trouble: Trouble) -> str | None:
        keys = (full_name, name, kind)
        found = next((each for each in keys if each in trouble.but), None)
        return trouble.error if found is None else trouble.but[found]

    return expected


def _column(
    name: str,
    model: str,
    layers: frozenset[Layer],
    *,
    line: str | None = None,
    moment: Moment | None = None,
    firmware: str | None = None,
) -> Moment:
    moment = moment or _KNOWN[name]
    full_name = "_".join(filter(None, (name, "of", model, firmware)))
    return replace(
        moment,
        name=full_name,
        model=model,
        prepare=moment.prepare if name in _POLLS else _rested(moment.prepare),
        layers=layers,
        expected=moment.expected if name in _PICTURES else _at(name, full_name),
        firmware=firmware,
        path=None if line is None else f"{LINES}/{line}",
    )


_HEAT = replace(_KNOWN["command"], outcome=_heated, again=_heated)
_PAUSE = replace(_KNOWN["command"], prepare=print_job, outcome=_paused, again=_paused)


OLDER: tuple[Moment, ...] = (
    # What differs between its moments, with everything that can happen to its port.
    _column("idle_poll", "adventurer4", _PORT),
    _column("printing_poll", "adventurer4", _PORT),
    _column("command", "adventurer4", _ORDER, line="M146"),
    _column("file_list", "adventurer4", _ORDER, line="M661"),
    _column("thumbnail", "adventurer4", _ONE, line="M662"),
    _column("upload", "adventurer4", _FILE, line="M28"),
    _column("upload_and_print", "adventurer4", _ONE | _FILE, line="M28"),
    _column("camera", "adventurer4", frozenset({Layer.WORLD, Layer.VIEWER})),
    _column("set_up", "adventurer3", _PORT),
    _column("pause", "adventurer3", _ONE, line="M25", moment=_PAUSE),
    _column("file_picture", "adventurer3", _ONE, line="M662"),
    _column("homing", "adventurer3", _ONE, line="G28"),
    _column("gcode", "adventurer3", _ONE, line="M114"),
    _column("print_file", "adventurer3", _ONE, line="M23"),
    _column("upload_and_print", "adventurer3", _FILE, line="M28"),
    # It takes files in frames.
    _column(
        "upload_and_print",
        "adventurer3",
        _ONE | _FILE,
        line="M28",
        firmware="1.1.7",
    ),
    # It answers only after a login, to everybody, and bears no hurry.
    _column("printing_poll", "finder", _PORT),
    _column("heat", "finder", _ONE, line="M104", moment=_HEAT),
    _column("upload_and_print", "finder", _ONE, line="M28"),
    # It has two heads, and words of its own for a job.
    _column("heat", "creator4", _ONE, line="M104", moment=_HEAT),
    _column("pause", "creator4", _ONE, line="M25", moment=_PAUSE),
)
"""Each kind of printer with the moments in which it differs from the others."""
