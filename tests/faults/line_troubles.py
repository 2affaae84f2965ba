"""More rows: what goes wrong with the line channel, or on it."""

from dataclasses import replace

from simulator import LINES, Fault

from .interruptions import cancel_order, come_back, load, unload
from .orders import CANCELED
from .troubles import Act, Layer, Scene, Trouble, at_path, clear, power_off, power_on


def _on_lines(
    fault: Fault,
    error: str | None,
    *,
    path: str = LINES,
    seconds: float | None = None,
    name: str | None = None,
    long_list: str | None = "short",
) -> Trouble:
    return at_path(
        fault,
        "lines",
        Layer.LINES,
        error,
        path=path,
        seconds=seconds,
        name=name,
        but={"long_list": long_list if error else None},
    )


def _on_one_line(fault: Fault, error: str | None) -> Trouble:
    """Return a trouble of one command; control was given and can be given back."""
    return at_path(fault, "one_line", Layer.LINES, error, but={"long_list": "short"})


async def _seize(scene: Scene) -> None:
    scene.printer.seize_control()


async def _keep_control(scene: Scene) -> None:
    scene.printer.quirks = replace(scene.printer.quirks, keeps_line_control=True)


async def _release(scene: Scene) -> None:
    """End the control of the other program, as when the printer is switched off and on."""
    scene.printer.quirks = replace(scene.printer.quirks, keeps_line_control=False)
    await scene.printer.power_off()
    await power_on(scene)


def _while_hung(name: str, act: Act, error: str, *, end: Act = clear) -> Trouble:
    """Return a trouble that happens while the answer to a line is missing."""

    async def begin(scene: Scene) -> None:
        scene.printer.faults.add(Fault.HANG, path=LINES)
        scene.meanwhile = act

    return Trouble(
        name=f"{name}_on_the_line",
        layer=Layer.LINES,
        begin=begin,
        end=end,
        error=error,
        but={} if error == CANCELED else {"long_list": "short"},
    )


LINE_TROUBLES: tuple[Trouble, ...] = (
    _on_lines(Fault.REFUSE, "line_channel_closed"),
    _on_lines(Fault.HANG, "line_channel_closed"),
    _on_lines(Fault.CUT, "line_channel_closed"),
    _on_lines(Fault.TRUNCATED, "line_channel_closed"),
    _on_lines(Fault.EMPTY, "line_channel_closed"),
    _on_lines(Fault.GARBAGE, "unreadable"),
    # A list is over with its last name, whatever comes behind it.
    _on_lines(Fault.FLOOD, "unreadable", long_list=None),
    _on_lines(Fault.DELAY, None, seconds=3, name="slow"),
    _on_lines(Fault.DELAY, "line_channel_closed", seconds=20),
    _on_lines(Fault.HANG, None, path=f"{LINES}/M602", name="hung_farewell"),
    _on_lines(Fault.CUT, None, path=f"{LINES}/M602", name="cut_farewell"),
    _on_one_line(Fault.HANG, "line_channel_broken"),
    _on_one_line(Fault.CUT, "line_channel_broken"),
    _on_one_line(Fault.TRUNCATED, "line_channel_broken"),
    _on_one_line(Fault.GARBAGE, "unreadable"),
    Trouble(
        name="control_taken",
        layer=Layer.LINES,
        begin=_seize,
        end=_release,
        error="line_channel_taken",
        but={"long_list": None},
    ),
    Trouble(
        name="control_kept",
        layer=Layer.LINES,
        begin=_keep_control,
        end=_release,
    ),
    _while_hung("call_canceled", cancel_order, CANCELED),
    _while_hung("power_off", power_off, "unreachable", end=come_back),
    _while_hung("unloaded", unload, "line_channel_closed", end=load),
)
