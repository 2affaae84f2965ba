"""What is checked before a print is started, and by the action that only checks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace as replace_fields
from functools import partial
from pathlib import Path

from ..api import (
    FileTool,
    FlashForgeError,
    Mark,
    Model,
    PrinterState,
    PrintOptions,
    SlicedFile,
    StoredFile,
    StoredName,
    UnsupportedError,
    check_upload,
    mark_of,
    stored_name,
)
from ..api.commands.fit import FileConcern, concerns, misfit
from ..api.commands.planning import Feeding, Plan, PrintWish, plan
from ..api.commands.printing import print_file, ready_to_print
from ..api.errors import (
    FileForOtherPrinterError,
    LocalFileError,
    MissingFileError,
    StartIgnoredBeforeError,
    UnfitFileError,
    UploadRunsError,
    WouldReplaceError,
)
from ..api.print_files.gcode import read_print_file
from ..api.print_files.local_file import digest_of
from ..coordinator import FlashForgeCoordinator
from .contents import async_get_contents

type OnProblem = Callable[[FlashForgeError], None]
"""Gets each problem: a start raises the first one, a mere check lists them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the checks found; ``plan`` is None without a start or where there is none.

    ``replaced`` is as in ``start.Uploaded``.
    """

    content: SlicedFile | StoredFile | None = None
    plan: Plan | None = None
    concerns: tuple[FileConcern, ...] = ()
    replaced: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalFile:
    """A file on our side, read: the mark is from before, the digest of all of it."""

    path: Path
    mark: Mark
    content: SlicedFile
    digest: str


def raise_it(problem: FlashForgeError) -> None:
    """Stop at the first problem."""
    raise problem


async def check_stored(
    coordinator: FlashForgeCoordinator,
    name: str,
    wish: PrintWish,
    on_problem: OnProblem,
    *,
    insist: bool,
    tools: Sequence[FileTool] = (),
) -> Checked:
    """Check everything that a print of a stored file needs; nothing is started.

    ``tools`` are those of its last print, for a file that nobody describes better.
    Raises ``errors.FlashForgeError`` when the printer cannot be asked.
    """
    facts = coordinator.record.facts
    if facts.is_known_to_ignore and not insist:
        on_problem(StartIgnoredBeforeError(firmware=facts.firmware or ""))
    state = await _ready_state(coordinator, on_problem)
    try:
        file = await coordinator.shelf.find(name)
    except MissingFileError as err:
        on_problem(err)
        return Checked()
    content = coordinator.uploads.contents.get(name, SlicedFile())
    found = _check_fit(coordinator, content, state, on_problem, insist=insist)
    known: Sequence[FileTool] | None = file.tools or None
    if tools and not known:
        known = content.tools or tools
    planned = await _plan(
        coordinator,
        wish,
        partial(plan, tools=known, state=state, uses_station=file.uses_station),
        on_problem,
    )
    return _checked(file, planned, found)


async def read_source(
    coordinator: FlashForgeCoordinator, source: Path, name: str | None, *, start: bool
) -> tuple[StoredName, LocalFile]:
    """Read a file on our side, and return its name on the printer with it."""
    return await coordinator.hass.async_add_executor_job(
        partial(
            _read, coordinator.printer.model, source, name or source.name, start=start
        )
    )


async def check_local(
    coordinator: FlashForgeCoordinator,
    local: LocalFile,
    stored: StoredName,
    wish: PrintWish | None,
    on_problem: OnProblem,
    *,
    insist: bool,
    replace: bool,
) -> Checked:
    """Check everything that an upload needs, and its print if there is a wish how.

    Raises ``errors.FlashForgeError`` when the printer cannot be asked.
    """
    model = coordinator.printer.model
    if wish is None:
        state, planned = await coordinator.async_fresh_state(), None
        found = tuple(concerns(local.content, model, state))
    else:
        state = await _ready_state(coordinator, on_problem)
        found = _check_fit(coordinator, local.content, state, on_problem, insist=insist)
        planned = await _plan(
            coordinator,
            wish,
            partial(plan, tools=local.content.tools, state=state),
            on_problem,
        )
    if (unfit := check_upload(state, local.mark.size)) is not None:
        on_problem(unfit)
    replaced = await _would_replace(coordinator, stored, local.digest, allowed=replace)
    if replaced and not replace:
        on_problem(WouldReplaceError(file=stored))
    return replace_fields(_checked(local.content, planned, found), replaced=replaced)


async def check_only(
    coordinator: FlashForgeCoordinator,
    source: Path | str,
    wish: PrintWish,
    *,
    name: str | None = None,
    insist: bool = False,
    replace: bool = False,
) -> tuple[str, Checked, list[FlashForgeError]]:
    """Check a file as its start would: a path on our side, or the name of a stored one.

    Return its name on the printer, what was found, and every problem. Nothing is sent
    but questions. Raises ``errors.FlashForgeError`` when the printer cannot be asked.
    """
    problems: list[FlashForgeError] = []
    note = problems.append
    if (
        waits := coordinator.pending.hindrance(print_file("", PrintOptions()))
    ) is not None:
        note(waits)
    if isinstance(source, str):
        return (
            source,
            await check_stored(coordinator, source, wish, note, insist=insist),
            problems,
        )
    if (running := coordinator.uploads.current) is not None and not running.prints:
        note(UploadRunsError(file=running.file))
    try:
        stored, local = await read_source(coordinator, source, name, start=True)
    except (LocalFileError, UnfitFileError) as err:
        note(err)
        return name or source.name, Checked(), problems
    return (
        stored,
        await check_local(
            coordinator, local, stored, wish, note, insist=insist, replace=replace
        ),
        problems,
    )


async def _ready_state(
    coordinator: FlashForgeCoordinator, on_problem: OnProblem
) -> PrinterState:
    """Return a fresh state; it is a problem when no print can be started in it."""
    if (file := coordinator.uploads.next_print) is not None:
        on_problem(UploadRunsError(file=file))
    state = await coordinator.async_fresh_state()
    if (refusal := ready_to_print(state)) is not None:
        on_problem(refusal)
    return state


def _check_fit(
    coordinator: FlashForgeCoordinator,
    content: SlicedFile,
    state: PrinterState,
    on_problem: OnProblem,
    *,
    insist: bool,
) -> tuple[FileConcern, ...]:
    """Return the concerns about a file; it is a problem when it is for another printer."""
    model = coordinator.printer.model
    problem = misfit(content, model, state)
    if problem is not None and not (
        insist and isinstance(problem, FileForOtherPrinterError)
    ):
        on_problem(problem)
    return tuple(concerns(content, model, state))


async def _plan(
    coordinator: FlashForgeCoordinator,
    wish: PrintWish,
    plan_it: Callable[[PrintWish], Plan],
    on_problem: OnProblem,
) -> Plan | None:
    """Return how a file is started; its options are checked even if there is no way."""
    planned: Plan | None = None
    try:
        planned = plan_it(wish)
    except FlashForgeError as err:
        on_problem(err)
    bare = replace_fields(wish, feeding=Feeding.NONE, slots={})
    try:
        await coordinator.printer.check_start((planned or plan_it(bare)).options)
    except UnsupportedError as err:
        on_problem(err)
        return None
    return planned


def _checked(
    content: SlicedFile | StoredFile,
    planned: Plan | None,
    found: tuple[FileConcern, ...],
) -> Checked:
    if planned is not None:
        found = (*found, *planned.concerns)
        planned = replace_fields(planned, concerns=found)
    return Checked(content=content, plan=planned, concerns=found)


def _read(
    model: Model, path: Path, name: str, *, start: bool
) -> tuple[StoredName, LocalFile]:
    stored = stored_name(model, name, start=start)
    mark = mark_of(path)
    content = read_print_file(path, stored)
    local = LocalFile(path=path, mark=mark, content=content, digest=digest_of(path))
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
