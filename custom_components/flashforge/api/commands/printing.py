"""Starting a print: the checks before, and what shows that it began."""

from ..errors import (
    EmptyFileError,
    ErrorActiveError,
    FlashForgeError,
    MissingEndpointError,
    NoSpaceError,
    NotReadyError,
    PlateOccupiedError,
    StartIgnoredError,
    StartNotShownError,
    UnreachableError,
    UnreadableError,
)
from ..printer import Printer
from ..prints import PrintOptions
from ..state import JOB_STATUSES, PrinterState, Status
from .command import JOB_DEADLINE, Command

_GIGABYTE = 1_000_000_000
_MEGABYTE = 1_000_000

_STARTING = frozenset(
    {Status.BUSY, Status.HEATING, Status.CALIBRATING, Status.PRINTING}
)
"""The states of an idle printer in which a print begins (docs/protocol/http.md §6.1)."""


def check_upload(state: PrinterState, size: int) -> FlashForgeError | None:
    """Return why a file of ``size`` bytes cannot be uploaded, None when it can."""
    if size == 0:
        return EmptyFileError("empty")
    free = state.counters.free_storage
    if free is not None and size > free * _GIGABYTE:
        # Rounded apart, so that the two numbers never look equal.
        return NoSpaceError(
            needs=-(-size // _MEGABYTE), has=int(free * _GIGABYTE // _MEGABYTE)
        )
    return None


def ready_to_print(state: PrinterState) -> FlashForgeError | None:
    """Return why no print can be started now, None when one can."""
    if state.has_error:
        return ErrorActiveError(code=state.error_code)
    if state.plate_occupied:
        return PlateOccupiedError("a print is on the plate")
    if state.status is not Status.IDLE:
        return NotReadyError("not idle")
    return None


def _went_wrong(state: PrinterState) -> FlashForgeError | None:
    return ErrorActiveError(code=state.error_code) if state.has_error else None


def _has_begun(state: PrinterState, file: str) -> bool:
    """Return whether a printer that was ready before has begun to print a file."""
    return state.status in _STARTING or (
        state.status in JOB_STATUSES and state.job.file == file
    )


def print_file(file: str, options: PrintOptions) -> Command:
    """Start a stored file.

    Only a printer that acknowledged the start can have ignored it. If its answer was
    lost and no print begins, the lost answer is the error.
    """

    async def send(printer: Printer) -> FlashForgeError | None:
        try:
            await printer.start_file(file, options)
        except MissingEndpointError:
            raise
        except UnreadableError as err:
            return err
        except UnreachableError as err:
            if err.refused or err.unresolved:
                raise
            return err
        return None

    return Command(
        key="job",
        name="print_file",
        send=send,
        proof=lambda state: _has_begun(state, file),
        refusal=ready_to_print,
        failure=_went_wrong,
        deadline=JOB_DEADLINE,
        unconfirmed=StartIgnoredError,
        excludes=NotReadyError,
    )


def upload_begins(file: str) -> Command:
    """Wait for the print of an uploaded file to begin; nothing is sent.

    For use after ``Printer.upload`` with ``start``, and after ``UploadUnansweredError``,
    after which the print may have begun. ``ready_to_print`` is checked before the upload.
    """
    return Command(
        key="job",
        name="upload_file",
        proof=lambda state: _has_begun(state, file),
        failure=_went_wrong,
        deadline=JOB_DEADLINE,
        unconfirmed=StartNotShownError,
        excludes=NotReadyError,
    )
