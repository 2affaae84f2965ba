"""More rows: what goes wrong with the line port of a printer that has no other."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigEntryState

from simulator import LINES, Fault
from simulator.lines.connection import DATA
from simulator.models import dialects
from tests.support.lookups import call, restart

from .interruptions import cancel_order, come_back, load, unload
from .orders import CANCELED
from .troubles import Act, Layer, Scene, Trouble, at_path, clear, power_off, power_on

LONG = 3600
"""Seconds for which a printer is off for long."""

SHORT = 40
"""Seconds in which a poll finds the port closed."""

type Ends = Mapping[str, str | None]

NOTHING: Ends = MappingProxyType({})


def _on_the_port(
    fault: Fault,
    error: str | None,
    *,
    seconds: float | None = None,
    name: str | None = None,
    but: Ends = NOTHING,
) -> Trouble:
    return at_path(
        fault,
        "port",
        Layer.PORT,
        error,
        path=LINES,
        seconds=seconds,
        name=name,
        but=but,
    )


def _with_quirks(
    name: str,
    error: str | None,
    *,
    but: Ends = NOTHING,
    **changes: Any,
) -> Trouble:
    """Return a trouble that is a habit of the firmware, which ends again."""

    async def begin(scene: Scene) -> None:
        printer = scene.printer
        known = {each: getattr(printer.quirks, each) for each in changes}

        def undo() -> None:
            printer.quirks = replace(printer.quirks, **known)

        scene.stack.callback(undo)
        printer.quirks = replace(printer.quirks, **changes)

    return Trouble(
        name=f"{name}_port",
        layer=Layer.PORT,
        begin=begin,
        end=_undo,
        error=error,
        but=but,
    )


async def _undo(scene: Scene) -> None:
    await scene.stack.aclose()


async def _seize(scene: Scene) -> None:
    scene.printer.seize_control()


async def _release(scene: Scene) -> None:
    """End the control of the other program, as when the printer is switched off and on."""
    await scene.printer.power_off()
    await power_on(scene)


def _somebody_else(name: str, old: str, new: str) -> Trouble:
    """Return a trouble that puts another printer at the address for a while.

    It differs in a line of what it says about itself.
    """

    async def change(scene: Scene, old: str, new: str) -> None:
        printer = scene.printer
        await power_off(scene)
        if scene.entry.state is ConfigEntryState.LOADED:
            await scene.time.passes(SHORT, 5)
        # A search would offer the other one.
        printer.deaf = not printer.deaf
        dialect = printer.quirks.dialect
        lines = tuple(new if line == old else line for line in dialect.identity)
        assert new in lines
        printer.quirks = replace(
            printer.quirks, dialect=replace(dialect, identity=lines)
        )
        await power_on(scene)
        if scene.entry.state is ConfigEntryState.LOADED:
            await scene.time.passes(SHORT, 5)

    async def end(scene: Scene) -> None:
        await change(scene, new, old)
        # Where a search saw the other one, it was offered.
        flows = scene.hass.config_entries.flow
        for flow in flows.async_progress():
            flows.async_abort(flow["flow_id"])

    return Trouble(
        name=f"{name}_port",
        layer=Layer.PORT,
        begin=lambda scene: change(scene, old, new),
        end=end,
        error="other_printer",
        but={"command": "unavailable", "file_list": None},
    )


async def _off_for_long(scene: Scene) -> None:
    await power_off(scene)
    await scene.time.passes(LONG, 15)


async def _restart(scene: Scene) -> None:
    """Restart Home Assistant, as far as the printer notices."""
    if scene.entry.state is ConfigEntryState.LOADED:
        await scene.time.passes_until(restart(scene.hass, scene.entry))


PORT_TROUBLES: tuple[Trouble, ...] = (
    _on_the_port(Fault.REFUSE, "unreachable"),
    _on_the_port(Fault.HANG, "unreachable"),
    _on_the_port(Fault.CUT, "unreadable"),
    _on_the_port(Fault.TRUNCATED, "unreadable"),
    _on_the_port(Fault.EMPTY, "unreachable"),
    _on_the_port(Fault.GARBAGE, "unreadable"),
    _on_the_port(Fault.HTML, "unreadable"),
    # A list is over with its last name, whatever comes behind it.
    _on_the_port(Fault.FLOOD, "unreadable", but={"file_list": None}),
    _on_the_port(Fault.DELAY, None, seconds=1, name="slow"),
    _on_the_port(Fault.DELAY, "unreachable", seconds=20),
    _with_quirks(
        "babbling",
        "unreadable",
        # Not known yet, it is taken for firmware that ends no reply.
        but={"set_up": None},
        line_babbles=True,
    ),
    _with_quirks("pieces", None, line_pieces=1),
    _with_quirks(
        "noise", None, line_noise=("T0:22/0 B:20/0", "echo: busy", "N0000 ok.")
    ),
    _with_quirks(
        "login_demanded",
        None,
        # What is seen first; the polls learn it.
        but={"command": "not_confirmed", "file_list": "unreachable"},
        login_first=True,
    ),
    _with_quirks("control_kept", None, keeps_line_control=True),
    _with_quirks(
        "no_ok",
        "unreadable",
        but={
            "set_up": None,
            # Control was given, and the order has no end.
            "command": "line_channel_broken",
            # It wants a login, and its consent cannot be told from a refusal then.
            "printing_poll_of_finder": "line_channel_taken",
        },
        dialect=dialects.ADVENTURER3_SPEC,
    ),
    Trouble(
        name="control_taken_port",
        layer=Layer.PORT,
        begin=_seize,
        end=_release,
        error="line_channel_taken",
        but={
            # Whoever only reads needs no control, except at a Finder.
            "poll": None,
            "file_list": None,
            "printing_poll_of_finder": "line_channel_taken",
        },
    ),
    _somebody_else("other_serial", "SN: {serial}", "SN: SNMOCKOTHER0001"),
    _somebody_else(
        "other_kind",
        "Machine Type: {machine_type}",
        "Machine Type: Flashforge Adventurer 5M Pro",
    ),
    Trouble(
        name="off_for_long",
        layer=Layer.PORT,
        begin=_off_for_long,
        end=power_on,
        error="unreachable",
        but={"command": "unavailable"},
    ),
    Trouble(
        name="restarted",
        layer=Layer.PORT,
        begin=_restart,
        end=clear,
    ),
)


# --- one command, whose connection is good otherwise --------------------------------


def _on_one_line(fault: Fault, error: str | None, but: Ends = NOTHING) -> Trouble:
    seconds = 20 if fault is Fault.DELAY else None
    return at_path(
        fault, "one_command", Layer.ONE_LINE, error, seconds=seconds, but=but
    )


def _while_hung(
    name: str, act: Act, error: str, *, end: Act = clear, but: Ends = NOTHING
) -> Trouble:
    async def begin(scene: Scene) -> None:
        scene.printer.faults.add(Fault.HANG, path=scene.path)
        scene.meanwhile = act

    return Trouble(
        name=f"{name}_at_the_command",
        layer=Layer.ONE_LINE,
        begin=begin,
        end=end,
        error=error,
        but=but,
    )


def _but_reading(error: str) -> Ends:
    """Return what a line ends with that changes nothing, and one that begins a file.

    Of the others nobody knows whether they were carried out.
    """
    reads = dict.fromkeys(("file_list", "file_picture"), error)
    return {**reads, "upload_and_print": "upload_failed"}


_AWAY, _STRANGE = _but_reading("unreachable"), _but_reading("unreadable")

COMMAND_TROUBLES: tuple[Trouble, ...] = (
    _on_one_line(Fault.HANG, "line_channel_broken", _AWAY),
    _on_one_line(Fault.CUT, "line_channel_broken", _STRANGE),
    _on_one_line(Fault.TRUNCATED, "line_channel_broken", _STRANGE),
    _on_one_line(Fault.EMPTY, "line_channel_broken", _AWAY),
    _on_one_line(Fault.GARBAGE, "unreadable"),
    # The reply came whole; only what is asked next cannot be read.
    _on_one_line(
        Fault.FLOOD,
        None,
        {
            "print_file": "unreadable",
            "upload_and_print": "upload_failed",
            # Its bytes went out without a look at what came back.
            "upload_and_print_of_adventurer4": "upload_unanswered",
        },
    ),
    _on_one_line(
        Fault.DELAY, "line_channel_broken", {**_AWAY, "homing": None, "gcode": None}
    ),
)


# --- a file on its way ----------------------------------------------------------------


def _on_the_way(
    name: str, act: Act, error: str, *, end: Act = clear, but: Ends = NOTHING
) -> Trouble:
    """Return a trouble after the first frame, or before the close of a bare file."""

    async def begin(scene: Scene) -> None:
        scene.meanwhile = act

    return Trouble(
        name=f"{name}_on_the_way",
        layer=Layer.LINE_FILE,
        begin=begin,
        end=end,
        error=error,
        but=but,
    )


async def _cancel_upload(scene: Scene) -> None:
    await call(scene.hass, "button", "press", scene.printer, "cancel_upload")


_BARE: Ends = dict.fromkeys(
    (
        "upload_of_adventurer4",
        "upload_and_print_of_adventurer4",
        "upload_and_print_of_adventurer3",
    ),
    "upload_unanswered",
)
"""The bare bytes are out already, and nobody confirms them."""

FILE_TROUBLES: tuple[Trouble, ...] = (
    at_path(Fault.CUT, "data", Layer.LINE_FILE, "upload_failed", path=DATA, but=_BARE),
    _on_the_way("canceled", _cancel_upload, "upload_canceled"),
    _on_the_way("call_canceled", cancel_order, CANCELED),
    _on_the_way("power_off", power_off, "upload_failed", end=come_back, but=_BARE),
    _on_the_way("unloaded", unload, "upload_canceled", end=load),
)

OLDER_TROUBLES: tuple[Trouble, ...] = PORT_TROUBLES + COMMAND_TROUBLES + FILE_TROUBLES
