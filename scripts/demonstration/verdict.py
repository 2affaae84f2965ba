"""The checks of scripts/demo --check, and what counts as a problem."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.resources import files
from itertools import groupby
import json
from pathlib import Path
import re

from simulator import Machine, Printer

from . import dashboard, journey, messages, prints
from .home import INTEGRATION
from .hub import Answer, Hub
from .server import DemoError

_INTEGRATION = Path(__file__).resolve().parents[2] / "custom_components" / INTEGRATION

_DISCOVERY_SECONDS = 60.0
_SETTLE_SECONDS = 30.0
_PRINT_SECONDS = 60.0

_RECORD = re.compile(r"^(?=\d{4}-\d{2}-\d{2} )", re.MULTILINE)
_PROBLEM = re.compile(
    r"\S+ \S+ (?:WARNING|ERROR|CRITICAL) (?:\([^)\n]*\) )?(?:\[(?P<logger>[^\]\n]*)\])?"
)
_FRAME = re.compile(rf"[^\s\"]*custom_components/{INTEGRATION}/[^\s\"]*")
_LIBRARY = re.compile(r"/(?:site-packages|lib/python[\d.]+)/")
_PATH = re.compile(r"[^\s\"']*/[^\s\"']*")
STANDARD = "not been tested by Home Assistant"
"""The warning of Home Assistant about every custom integration."""

_ABOUT_A_JOB = frozenset(
    {
        "current_layer",
        "elapsed_time",
        "file",
        "filament_used",
        "filament_weight_used",
        "finish_time",
        "job_thumbnail",
        "material",
        "progress",
        "remaining_time",
        "total_layers",
    }
)
_ONLY_WHILE_IT_PRINTS = frozenset(
    {"chamber_fan", "left_part_fan", "part_fan", "print_speed_factor", "z_offset"}
)

_NOBODY_DID = frozenset(
    {"last_print", "preheat_remaining", "print_file", "upload_progress"}
)
"""No file is selected or being uploaded, nothing is preheated, and no print has ended."""

_NOT_YET = frozenset({"button", "event"})
"""A button is unknown until it is pressed, an event until something happens."""

MAY_BE_UNKNOWN: Mapping[str, frozenset[str]] = {
    # A printer that prints from its station has no external spool.
    "prints": _NOBODY_DID
    | {"direct_feed", "direct_feed_material", "direct_feed_color"},
    # Without a job its values are unknown, no slot is in use, and a Creator 5 reports no
    # speed.
    "idle": _NOBODY_DID
    | _ABOUT_A_JOB
    | _ONLY_WHILE_IT_PRINTS
    | {"active_slot", "direct_feed"}
    # An older printer does not report its fans, and nobody has switched them.
    | {"part_fan", "rear_fan"},
}
"""The keys that may have no value, by activity of the printer.

Nothing is unavailable, since every printer answers.
"""


async def examine(
    hub: Hub, printers: Sequence[Printer], say: Callable[[str], None]
) -> list[str]:
    """Add the discovered printers, check everything, and return the problems."""
    wrong = [*await _discovery(hub, printers, say)]
    wrong += await _entries(hub, printers)
    for number, printer in enumerate(printers):
        wrong += await _entities(hub, printer, "idle" if number else "prints", say)
    say(f"the first page is the dashboard {dashboard.TITLE} of the integration")
    wrong += await dashboard.problems(hub, _script())
    wrong += _icons()
    wrong += await _automation(hub, printers, say)
    wrong += await _message(hub, printers[0], say)
    return wrong


async def _message(hub: Hub, printer: Printer, say: Callable[[str], None]) -> list[str]:
    """Pause the print and wait until the blueprint has told about it."""
    printer.machine.pause()
    told = await journey.until(
        partial(messages.shown, hub),
        lambda shown: any("is paused." in each for each in shown),
        _PRINT_SECONDS,
    )
    printer.machine.resume()
    said = [each for each in told if "is paused." in each]
    if not said:
        return [f"nobody was told that the {printer.model.name} is paused: {told}"]
    say(f"the blueprint told: {said[0]}")
    return []


async def _automation(
    hub: Hub, printers: Sequence[Printer], say: Callable[[str], None]
) -> list[str]:
    """Let the demo's automation upload a file, match its materials and print it."""
    devices = await hub.devices()
    wrong: list[str] = []
    for printer in printers[1:]:
        if not printer.machine.slots or printer.serial not in devices:
            continue
        event = {"device_id": devices[printer.serial]["id"]}
        await hub.command("fire_event", event_type=prints.EVENT, event_data=event)

        async def look(machine: Machine = printer.machine) -> str | None:
            return machine.running_job.name if machine.running_job else None

        printed = await journey.until(look, bool, _PRINT_SECONDS)
        if printed != prints.SAMPLES[0].name:
            wrong.append(f"the automation did not print on the {printer.model.name}")
            continue
        say(f"the automation started {printed} on the {printer.model.name}")
    return wrong


async def _discovery(
    hub: Hub, printers: Sequence[Printer], say: Callable[[str], None]
) -> list[str]:
    """Wait for the other printers and add each by its check code alone."""
    wrong: list[str] = []
    waiting = {printer.serial: printer for printer in printers[1:]}

    async def look() -> dict[str, Answer]:
        flows = await hub.discovered()
        # Printers of other demos on this machine would take the room for dialogs.
        for serial in (others := flows.keys() - waiting.keys()):
            await hub.end_flow(flows[serial]["flow_id"])
        if others:
            await hub.end_flow((await hub.begin_flow())["flow_id"])
        return flows

    flows = await journey.until(
        look, lambda flows: waiting.keys() <= flows.keys(), _DISCOVERY_SECONDS
    )
    for serial, printer in waiting.items():
        name = printer.model.name
        if (flow := flows.get(serial)) is None:
            wrong.append(f"the {name} was not discovered")
            continue
        try:
            steps = await journey.confirm(hub, printer, flow["flow_id"])
        except DemoError as error:
            wrong.append(str(error))
            continue
        say(f"the {name} was discovered; it asked for: {', '.join(steps)}")
        if steps != ["code" if printer.model.http else "confirm"]:
            wrong.append(f"the {name} asks for more than it needs: {steps}")
    return wrong


async def _entries(hub: Hub, printers: Sequence[Printer]) -> list[str]:
    entries = await journey.until(
        hub.entries,
        lambda entries: all(entry["state"] == "loaded" for entry in entries),
        _SETTLE_SECONDS,
    )
    wrong = [
        f"the entry {entry['title']} is {entry['state']}: {entry['reason']}"
        for entry in entries
        if entry["state"] != "loaded"
    ]
    if len(entries) != len(printers):
        wrong.append(f"{len(entries)} entries for {len(printers)} printers")
    return wrong


async def _entities(
    hub: Hub, printer: Printer, doing: str, say: Callable[[str], None]
) -> list[str]:
    """Return the entities of a printer that lack a value."""
    start = f"{printer.serial}_"
    keys = {
        entity["entity_id"]: str(entity["unique_id"]).removeprefix(start)
        for entity in await hub.entities()
        if entity["unique_id"].startswith(start) and entity["disabled_by"] is None
    }

    async def look() -> dict[str, str]:
        states = await hub.states()
        return {
            entity: states[entity]["state"] if entity in states else "unavailable"
            for entity in keys
        }

    def empty(states: Mapping[str, str]) -> list[str]:
        return [
            entity
            for entity, state in states.items()
            if state == "unavailable"
            or (
                state == "unknown"
                and entity.partition(".")[0] not in _NOT_YET
                and keys[entity] not in MAY_BE_UNKNOWN[doing]
            )
        ]

    states = await journey.until(look, lambda seen: not empty(seen), _SETTLE_SECONDS)
    domains = sorted(entity.partition(".")[0] for entity in keys)
    counts = ", ".join(f"{len([*same])} {name}" for name, same in groupby(domains))
    say(f"the {printer.model.name} {doing}: {len(keys)} entities ({counts})")
    wrong = [f"{entity} is {states[entity]}" for entity in empty(states)]
    if not keys:
        wrong.append(f"the {printer.model.name} has no entities")
    return wrong


def _script() -> bytes:
    """Return the script that makes the dashboard, as scripts/frontend built it."""
    return (_INTEGRATION / "frontend/flashforge.js").read_bytes()


def _icons() -> list[str]:
    """Check that the frontend has every icon of icons.json."""
    text = (_INTEGRATION / "icons.json").read_text(encoding="utf-8")
    names = {*re.findall(r"mdi:([a-z0-9-]+)", text)}
    listed = files("hass_frontend").joinpath("static/mdi/iconList.json")
    known = {icon["name"] for icon in json.loads(listed.read_text(encoding="utf-8"))}
    return [f"there is no icon mdi:{name}" for name in sorted(names - known)]


def log_problems(log: str) -> list[str]:
    """Return the warnings and errors about the integration in a log."""
    return [
        f"in the log: {record.strip()}"
        for record in _RECORD.split(log)
        if (problem := _PROBLEM.match(record))
        and STANDARD not in record
        and _is_ours(problem["logger"] or "", record[problem.end() :])
    ]


def _is_ours(logger: str, text: str) -> bool:
    """Return whether a record comes from the integration, names it, or runs through it.

    Its name elsewhere in a path does not count: the checkout may be in such a folder.
    """
    return (
        logger.startswith(f"custom_components.{INTEGRATION}")
        or INTEGRATION in _PATH.sub("", text).lower()
        or any(not _LIBRARY.search(frame) for frame in _FRAME.findall(text))
    )
