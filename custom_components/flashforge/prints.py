"""Starting prints: what is checked before, and what is learned from it."""

from dataclasses import dataclass, replace
from pathlib import Path

from .api.catalog import Feature
from .api.errors import (
    FlashForgeError,
    MissingEndpointError,
    StartIgnoredError,
    UnreadableError,
)
from .api.gcode import read_print_file
from .api.names import stored_name
from .api.planning import Plan, PrintWish, plan
from .api.printing import check_upload, print_file, ready_to_print, upload_begins
from .api.refusals import NoFileChosenError, StartIgnoredBeforeError
from .api.state import PrinterState, PrintOptions, SlicedFile
from .api.upload_errors import LocalFileError, UploadRunsError, UploadUnansweredError
from .coordinator import FlashForgeCoordinator
from .exceptions import translated


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSource:
    """A file that Home Assistant can read, and the name that a person knows it by."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """A file that is on the printer now; ``plan`` is None when it was not started."""

    name: str
    size: int
    content: SlicedFile
    plan: Plan | None


def starts_files(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether the printer starts stored files, as far as anybody knows."""
    return (
        not coordinator.has(Feature.START_BY_FIRMWARE)
        or coordinator.facts.is_known_to_start
    )


async def print_stored(
    coordinator: FlashForgeCoordinator,
    name: str,
    wish: PrintWish,
    *,
    insist: bool = False,
) -> Plan:
    """Print a file that lies on the printer; return how it was started.

    Some firmware of some models says that it starts a stored file and does not. Once it
    did so, it is not asked again unless somebody insists (protocol/http.md §6.1). Raises
    ``errors.FlashForgeError``.
    """
    facts = coordinator.facts
    if facts.is_known_to_ignore and not insist:
        raise StartIgnoredBeforeError(facts.firmware or "")
    state = await _ready_state(coordinator)
    file = await coordinator.shelf.find(name)
    planned = plan(wish, file.tools, state, uses_station=file.uses_station)
    try:
        await coordinator.async_carry_out(print_file(name, planned.options))
    except StartIgnoredError:
        if not coordinator.has(Feature.START_BY_FIRMWARE):
            # All firmware of this model starts files; this once it did not.
            raise
        facts = replace(coordinator.facts, ignores_start=facts.firmware)
        coordinator.async_learn(replace(facts, starts_files=None))
        raise
    facts = replace(coordinator.facts, starts_files=facts.firmware)
    coordinator.async_learn(replace(facts, ignores_start=None))
    return planned


async def print_chosen(coordinator: FlashForgeCoordinator) -> None:
    """Print the chosen file as the printer would by itself.

    Raises what Home Assistant shows of an error.
    """
    with translated():
        if (name := coordinator.shelf.chosen) is None:
            raise NoFileChosenError("no file")
        await print_stored(coordinator, name, PrintWish())


async def upload(
    coordinator: FlashForgeCoordinator,
    source: FileSource,
    *,
    name: str | None = None,
    wish: PrintWish | None = None,
) -> Uploaded:
    """Put a file on the printer, and print it when there is a wish how.

    Everything that can be wrong with the file, the materials and the printer is found
    before the first byte goes out. Raises ``errors.FlashForgeError``.
    """
    name = stored_name(
        coordinator.printer.model, name or source.name, start=wish is not None
    )
    content, size = await coordinator.hass.async_add_executor_job(
        _read, source.path, name
    )
    if wish is None:
        state, planned = await coordinator.async_fresh_state(), None
    else:
        state = await _ready_state(coordinator)
        planned = plan(wish, content.tools, state)
    if (unfit := check_upload(state, size)) is not None:
        raise unfit
    options = planned.options if planned else None
    await _send(coordinator, source.path, name, size, options)
    return Uploaded(name=name, size=size, content=content, plan=planned)


def _read(path: Path, name: str) -> tuple[SlicedFile, int]:
    content = read_print_file(path, name)
    try:
        return content, path.stat().st_size
    except OSError as err:
        raise LocalFileError(path.name) from err


async def _send(
    coordinator: FlashForgeCoordinator,
    path: Path,
    name: str,
    size: int,
    options: PrintOptions | None,
) -> None:
    """Send a file and wait until its print has begun, if it is to be printed."""
    try:
        await coordinator.uploads.send(path, name, size, options)
    except MissingEndpointError:
        raise
    except (UploadUnansweredError, UnreadableError) as err:
        if options is None:
            raise
        # The printer took all of it. What it does now says more than its silence.
        try:
            await coordinator.async_carry_out(upload_begins(name))
        except FlashForgeError as unseen:
            raise err from unseen
        await coordinator.shelf.take(name)
    else:
        await coordinator.shelf.take(name)
        if options is not None:
            await coordinator.async_carry_out(upload_begins(name))


async def _ready_state(coordinator: FlashForgeCoordinator) -> PrinterState:
    """Return a fresh state in which a print can be started."""
    if (file := coordinator.uploads.next_print) is not None:
        raise UploadRunsError(file)
    state = await coordinator.async_fresh_state()
    if (refusal := ready_to_print(state)) is not None:
        raise refusal
    return state
