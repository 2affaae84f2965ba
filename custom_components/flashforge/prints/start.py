"""Starting prints, with the checks before and what is remembered after."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ..api import (
    Feature,
    FlashForgeError,
    Mark,
    Model,
    PrinterState,
    PrintOptions,
    SlicedFile,
    StoredFile,
    StoredName,
    UnreadableError,
    check_upload,
    mark_of,
    stored_name,
)
from ..api.commands.fit import FileConcern, concerns, misfit
from ..api.commands.planning import Plan, PrintWish, plan
from ..api.commands.printing import print_file, ready_to_print, upload_begins
from ..api.errors import (
    FileForOtherPrinterError,
    MissingEndpointError,
    NoFileChosenError,
    StartIgnoredBeforeError,
    StartIgnoredError,
    UploadRunsError,
    UploadUnansweredError,
    WouldReplaceError,
)
from ..api.print_files.gcode import read_print_file
from ..api.print_files.local_file import digest_of
from ..coordinator import FlashForgeCoordinator
from ..exceptions import translated
from .contents import async_get_contents


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """A file that is on the printer now; ``plan`` is None when it was not started.

    ``replaced`` is whether a file of other content had this name before, None when the
    printer did not list its files.
    """

    name: str
    size: int
    content: SlicedFile
    plan: Plan | None
    replaced: bool | None
    concerns: tuple[FileConcern, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Local:
    """A file on our side, read: the mark is from before, the digest of all of it."""

    path: Path
    mark: Mark
    content: SlicedFile
    digest: str


def starts_files(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether the printer starts stored files, as far as it is known."""
    return (
        not coordinator.has(Feature.START_BY_FIRMWARE)
        or coordinator.record.facts.is_known_to_start
    )


async def print_stored(
    coordinator: FlashForgeCoordinator,
    name: str,
    wish: PrintWish,
    *,
    insist: bool = False,
) -> Plan:
    """Print a file that lies on the printer; return how it was started.

    Some firmware of some models acknowledges the start of a stored file and ignores it.
    After that it is not tried again unless ``insist`` is True (docs/protocol/http.md
    §6.1). Raises ``errors.FlashForgeError``.
    """
    facts = coordinator.record.facts
    if facts.is_known_to_ignore and not insist:
        raise StartIgnoredBeforeError(firmware=facts.firmware or "")
    state = await _ready_state(coordinator)
    file = await coordinator.shelf.find(name)
    content = coordinator.uploads.contents.get(name, SlicedFile())
    found = _check_fit(coordinator, content, state, insist=insist)
    planned = plan(wish, file.tools, state, uses_station=file.uses_station)
    planned = replace(planned, concerns=(*found, *planned.concerns))
    try:
        await coordinator.commands.carry_out(print_file(name, planned.options))
    except StartIgnoredError:
        if not coordinator.has(Feature.START_BY_FIRMWARE):
            # All firmware of this model starts files; this once it did not.
            raise
        facts = replace(coordinator.record.facts, ignores_start=facts.firmware)
        coordinator.record.learn(replace(facts, starts_files=None))
        raise
    facts = replace(coordinator.record.facts, starts_files=facts.firmware)
    coordinator.record.learn(replace(facts, ignores_start=None))
    return planned


async def print_chosen(coordinator: FlashForgeCoordinator) -> None:
    """Print the chosen file with the usual options.

    Raises what Home Assistant shows of an error.
    """
    with translated():
        if (name := coordinator.shelf.chosen) is None:
            raise NoFileChosenError("no file")
        await print_stored(coordinator, name, PrintWish())


async def upload(
    coordinator: FlashForgeCoordinator,
    source: Path,
    *,
    name: str | None = None,
    wish: PrintWish | None = None,
    insist: bool = False,
    replace: bool = False,
) -> Uploaded:
    """Put a file on the printer, and print it when there is a wish how.

    Everything that can be wrong with the file, the materials and the printer is found
    before the first byte goes out. ``replace`` lets it take the place of a stored file
    of other content. Raises ``errors.FlashForgeError``.
    """
    hass, model = coordinator.hass, coordinator.printer.model
    stored, local = await hass.async_add_executor_job(
        partial(_read, model, source, name or source.name, start=wish is not None)
    )
    if wish is None:
        state, planned = await coordinator.async_fresh_state(), None
        found = tuple(concerns(local.content, model, state))
    else:
        state = await _ready_state(coordinator)
        found = _check_fit(coordinator, local.content, state, insist=insist)
        planned = plan(wish, local.content.tools, state)
        found = (*found, *planned.concerns)
    if (unfit := check_upload(state, local.mark.size)) is not None:
        raise unfit
    replaced = await _would_replace(coordinator, stored, local.digest, allowed=replace)
    if replaced and not replace:
        raise WouldReplaceError(file=stored)
    await _send(coordinator, local, stored, planned.options if planned else None)
    coordinator.uploads.remember(stored, local.content)
    return Uploaded(
        name=stored,
        size=local.mark.size,
        content=local.content,
        plan=planned,
        replaced=replaced,
        concerns=found,
    )


def _check_fit(
    coordinator: FlashForgeCoordinator,
    content: SlicedFile,
    state: PrinterState,
    *,
    insist: bool,
) -> tuple[FileConcern, ...]:
    """Return the concerns about a file; raise when it is for another printer."""
    model = coordinator.printer.model
    problem = misfit(content, model, state)
    if problem is not None and not (
        insist and isinstance(problem, FileForOtherPrinterError)
    ):
        raise problem
    return tuple(concerns(content, model, state))


def _read(
    model: Model, path: Path, name: str, *, start: bool
) -> tuple[StoredName, _Local]:
    stored = stored_name(model, name, start=start)
    mark = mark_of(path)
    content = read_print_file(path, stored)
    local = _Local(path=path, mark=mark, content=content, digest=digest_of(path))
    return stored, local


async def _would_replace(
    coordinator: FlashForgeCoordinator, name: str, digest: str, *, allowed: bool
) -> bool | None:
    """Return whether an upload takes the place of a stored file of other content.

    A file counts as another one unless it is known to be the same. Only where it is
    ``allowed`` may the printer fail to list its files: None is returned then.
    """
    shelf = coordinator.shelf
    try:
        await shelf.refresh()
    except FlashForgeError:
        if not allowed:
            raise
        return None
    contents = async_get_contents(coordinator.hass)
    entry_id = coordinator.config_entry.entry_id
    stored = shelf.file(name)
    if stored is None:
        # What is not among the newest files may be stored all the same.
        if not shelf.may_hide_files:
            return False
        if not await contents.async_is_known(entry_id, name):
            return False
        stored = StoredFile(name=name)
    return not await contents.async_is_same(entry_id, stored, digest)


async def _send(
    coordinator: FlashForgeCoordinator,
    local: _Local,
    name: StoredName,
    options: PrintOptions | None,
) -> None:
    """Send a file and wait until its print has begun, if it is to be printed."""
    try:
        await coordinator.uploads.send(local.path, name, local.mark, options)
    except MissingEndpointError:
        raise
    except (UploadUnansweredError, UnreadableError) as err:
        # The printer got all of it. Its next states show whether it prints.
        await _remember(coordinator, name, local.digest, None)
        if options is None:
            raise
        try:
            await coordinator.commands.carry_out(upload_begins(name))
        except FlashForgeError as unseen:
            raise err from unseen
        await _take(coordinator, name, local.digest)
    else:
        await _take(coordinator, name, local.digest)
        if options is not None:
            await coordinator.commands.carry_out(upload_begins(name))


async def _take(coordinator: FlashForgeCoordinator, name: str, digest: str) -> None:
    """Take note of what was just put on the printer."""
    await coordinator.shelf.take(name)
    await _remember(coordinator, name, digest, coordinator.shelf.file(name))


async def _remember(
    coordinator: FlashForgeCoordinator,
    name: str,
    digest: str,
    file: StoredFile | None,
) -> None:
    contents = async_get_contents(coordinator.hass)
    await contents.async_remember(coordinator.config_entry.entry_id, name, digest, file)


async def _ready_state(coordinator: FlashForgeCoordinator) -> PrinterState:
    """Return a fresh state in which a print can be started."""
    if (file := coordinator.uploads.next_print) is not None:
        raise UploadRunsError(file=file)
    state = await coordinator.async_fresh_state()
    if (refusal := ready_to_print(state)) is not None:
        raise refusal
    return state
