"""Errors of print files on this side and of their uploads."""

from .base import FlashForgeError, NotNowError


class LocalFileError(FlashForgeError):
    """The local ``file`` does not exist or may not be read."""

    key = "file_missing_here"


class UnreadableFileError(LocalFileError):
    """The local ``file`` is not a print file: it is empty, cut off or of another kind."""

    key = "file_unreadable"


class NotSlicedError(UnreadableFileError):
    """The local 3mf ``file`` holds a model but no G-code."""

    key = "file_not_sliced"


class UploadRunsError(NotNowError):
    """Another ``file`` is being uploaded to this printer."""

    key = "upload_runs"


class UploadError(FlashForgeError):
    """An upload failed and no print began; ``percent`` of the file were sent."""

    key = "upload_failed"

    def __init__(self, message: str, *, percent: int = 0) -> None:
        """Keep how much was sent."""
        super().__init__(message, percent=percent)
        self.percent = percent


class UploadStalledError(UploadError):
    """The printer stopped to take data (docs/protocol/http.md §7)."""

    key = "upload_stalled"


class UploadTooSlowError(UploadError):
    """The time for an upload ran out before the file was sent (docs/protocol/http.md §7)."""

    key = "upload_too_slow"


class UploadCanceledError(UploadError):
    """The upload was canceled by a person."""

    key = "upload_canceled"


class UploadUnansweredError(UploadError):
    """The whole file was sent, and no answer came.

    This is the only upload error after which the file may be stored and the print begun.
    """

    key = "upload_unanswered"


class FileChangedError(UploadError):
    """The local file was changed after it was read, so it was not sent whole."""

    key = "file_changed"


class FileUnreadableError(UploadError):
    """The local file does not exist, is not a regular file or cannot be read."""

    key = "file_lost"


class UnfitFileError(FlashForgeError):
    """The printer cannot take this file; the key names the reason. Nothing was sent."""

    key = "file_unfit"


class FileNameError(UnfitFileError):
    """A file on a printer cannot have this name (docs/protocol/http.md §7)."""

    key = "file_name"


class EmptyFileError(UnfitFileError):
    """The file is empty."""

    key = "file_empty"


class FileTypeError(UnfitFileError):
    """The printer takes no files with this suffix; ``types`` lists those it takes."""

    key = "file_type"


class StartTypeError(FileTypeError):
    """The printer stores files with this suffix but cannot start them (docs/protocol/http.md §7)."""

    key = "file_type_start"


class WouldReplaceError(UnfitFileError):
    """A ``file`` of this name is stored, and its content may be another.

    The printer would overwrite it without a warning (docs/protocol/http.md §7).
    """

    key = "would_replace"


class NoSpaceError(UnfitFileError):
    """The file ``needs`` more than the printer ``has`` free, both in megabytes."""

    key = "no_space"


class FileForOtherPrinterError(NotNowError):
    """The file is ``sliced`` for another printer than this ``printer``; both are names."""

    key = "file_for_other_printer"


class PrintTooLargeError(NotNowError):
    """The print has a ``size`` that does not fit on the ``bed``; both in mm."""

    key = "print_too_large"


class ToolsUnknownError(NotNowError):
    """The tools of the file are not known, and the station holds several spools."""

    key = "file_tools_unknown"
