"""Starting prints, with the checks before and what is remembered after."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ..api import (
    Feature,
    FileTool,
    FlashForgeError,
    PrintOptions,
    SlicedFile,
    StoredFile,
    StoredName,
    UnreadableError,
)
from ..api.commands.fit import FileConcern
from ..api.commands.planning import Plan, PrintWish
from ..api.commands.printing import print_file, upload_begins
from ..api.errors import (
    MissingEndpointError,
    NoFileChosenError,
    NoLastPrintError,
    StartIgnoredError,
    UploadUnansweredError,
)
from ..coordinator import FlashForgeCoordinator
from ..exceptions import translated
from .checks import LocalFile, check_local, check_stored, raise_it, read_source
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
    tools: Sequence[FileTool] = (),
) -> Plan:
    """Print a file that lies on the printer; return how it was started.

    ``tools`` are as in ``checks.check_stored``. Some firmware of some models
    acknowledges the start of a stored file and ignores it. After that it is not tried
    again unless ``insist`` is True (docs/protocol/http.md §6.1). Raises ``errors.FlashForgeError``.
    """
    planned = (
        await check_stored(
            coordinator, name, wish, raise_it, insist=insist, tools=tools
        )
    ).plan
    assert planned is not None
    try:
        with _remembered(coordinator, name, wish, planned):
            await coordinator.commands.carry_out(print_file(name, planned.options))
    except StartIgnoredError:
        if not coordinator.has(Feature.START_BY_FIRMWARE):
            # All firmware of this model starts files; this once it did not.
            raise
        facts = coordinator.record.facts
        facts = replace(facts, ignores_start=facts.firmware)
        coordinator.record.learn(replace(facts, starts_files=None))
        raise
    facts = coordinator.record.facts
    facts = replace(facts, starts_files=facts.firmware)
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


async def print_again(coordinator: FlashForgeCoordinator) -> None:
    """Print the last file once more, from the same slots if it was started from here.

    Raises what Home Assistant shows of an error.
    """
    with translated():
        last = coordinator.job_log.prints.last
        if last is None or last.file is None:
            raise NoLastPrintError("no print is known")
        start = last.start
        wish, tools = (start.wish, start.tools) if start else (PrintWish(), ())
        await print_stored(coordinator, last.file, wish, tools=tools)


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
    stored, local = await read_source(coordinator, source, name, start=wish is not None)
    checked = await check_local(
        coordinator, local, stored, wish, raise_it, insist=insist, replace=replace
    )
    planned = checked.plan
    with _remembered(coordinator, stored, wish, planned):
        await _send(coordinator, local, stored, planned.options if planned else None)
    coordinator.uploads.remember(stored, local.content)
    return Uploaded(
        name=stored,
        size=local.mark.size,
        content=local.content,
        plan=planned,
        replaced=checked.replaced,
        concerns=checked.concerns,
    )


@contextmanager
def _remembered(
    coordinator: FlashForgeCoordinator,
    name: str,
    wish: PrintWish | None,
    planned: Plan | None,
) -> Iterator[None]:
    """Remember how a print is started, so that it can be printed again."""
    if wish is None or planned is None:
        yield
        return
    coordinator.job_log.expect(name, wish.feeding, planned.options)
    try:
        yield
    except FlashForgeError:
        coordinator.job_log.start_failed()
        raise


async def _send(
    coordinator: FlashForgeCoordinator,
    local: LocalFile,
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
