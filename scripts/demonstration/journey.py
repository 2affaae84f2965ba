"""Adds a printer as a person does: step by step through the config flow."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
import json
import time

from simulator import Printer

from .hub import Answer, Hub
from .printers import address_port
from .server import DemoError

_LOOK_EVERY = 0.3
_STEPS_AT_MOST = 20
_SEARCH_SECONDS = 120.0


def _choice(printer: Printer, form: Answer) -> Mapping[str, object]:
    offered = printer.serial in json.dumps(form["data_schema"])
    return {"printer": printer.serial if offered else "manual"}


_ANSWERS: Mapping[str, Callable[[Printer, Answer], Mapping[str, object]]] = {
    "user": _choice,
    "manual": lambda printer, _: {
        "host": printer.host,
        "advanced": {"port": address_port(printer)},
    },
    "confirm": lambda _printer, _: {},
    "serial": lambda printer, _: {"serial_number": printer.serial},
    "code": lambda printer, _: {"check_code": printer.check_code},
}
"""The input of each step, as read from the printer."""


async def add(hub: Hub, printer: Printer) -> list[str]:
    """Add a printer by the button "Add integration"; return the steps it took."""
    return await _walk(hub, printer, await hub.begin_flow())


async def confirm(hub: Hub, printer: Printer, flow_id: str) -> list[str]:
    """Add a printer that was discovered; return the steps it took."""
    return await _walk(hub, printer, await hub.look_at_flow(flow_id))


async def _walk(hub: Hub, printer: Printer, form: Answer) -> list[str]:
    steps: list[str] = []
    for _ in range(_STEPS_AT_MOST):
        match form["type"]:
            case "create_entry":
                return steps
            case "form" if not form.get("errors"):
                step = str(form["step_id"])
                if (answer := _ANSWERS.get(step)) is None:
                    raise DemoError(f"Setting up asks for an unknown step: {step}")
                steps.append(step)
                form = await hub.answer_flow(form["flow_id"], answer(printer, form))
            case "progress":
                look = partial(hub.look_at_flow, form["flow_id"])
                form = await until(look, _is_through, _SEARCH_SECONDS)
            case _:
                break
    what = form.get("errors") or form.get("reason") or form["type"]
    raise DemoError(f"The {printer.model.name} could not be set up: {what}")


def _is_through(form: Answer) -> bool:
    return bool(form["type"] != "progress")


async def until[T](
    look: Callable[[], Awaitable[T]], good: Callable[[T], bool], seconds: float
) -> T:
    """Repeat a look until it is good or the time is over; return the last result."""
    end = time.monotonic() + seconds
    while True:
        seen = await look()
        if good(seen) or time.monotonic() > end:
            return seen
        await asyncio.sleep(_LOOK_EVERY)
