"""Errors of print files on this side and of their uploads."""

from .base import FlashForgeError, NotNowError


class LocalFileError(FlashForgeError, key="file_missing_here"):
    """The local ``file`` does not exist or may not be read."""


class UnreadableFileError(LocalFileError, key="file_unreadable"):
    """The local ``file`` is not a print file: it is empty, cut off or of another kind."""


class NotSlicedError(UnreadableFileError, key="file_not_sliced"):
    """The local 3mf ``file`` holds a model but no G-code."""


class UploadRunsError(NotNowError, key="upload_runs"):
    """Another ``file`` is being uploaded to this printer."""


class UploadError(FlashForgeError, key="upload_failed"):
    """An upload failed and no print began; ``percent`` of the file were sent."""

    def __init__(self, message: str, *, percent: int = 0) -> None:
        """Keep how much was sent."""
        super().__init__(message, percent=percent)
        self.percent = percent


class UploadStalledError(UploadError, key="upload_stalled"):
    """The printer stopped to take data (docs/protocol/http.md §7)."""


class UploadTooSlowError(UploadError, key="upload_too_slow"):
    """The time for an upload ran out before the file was sent (docs/protocol/http.md §7)."""


class UploadCanceledError(UploadError, key="upload_canceled"):
    """The upload was canceled by a person."""


class UploadUnansweredError(UploadError, key="upload_unanswered"):
    """The whole file was sent, and no answer came.

    This is the only upload error after which the file may be stored and the print begun.
    """


class FileChangedError(UploadError, key="file_changed"):
    """The local file was changed after it was read, so it was not sent whole."""


class FileUnreadableError(UploadError, key="file_lost"):
    """The local file does not exist, is not a regular file or cannot be read."""


class UnfitFileError(FlashForgeError, key="file_unfit"):
    """The printer cannot take this file; the key names the reason. Nothing was sent."""


class FileNameError(UnfitFileError, key="file_name"):
    """A file on a printer cannot have this name (docs/protocol/http.md §7)."""


class EmptyFileError(UnfitFileError, key="file_empty"):
    """The file is empty."""


class FileTypeError(UnfitFileError, key="file_type"):
    """The printer takes no files with this suffix; ``types`` lists those it takes."""


class StartTypeError(FileTypeError, key="file_type_start"):
    """The printer stores files with this suffix but cannot start them (docs/protocol/http.md §7)."""


class WouldReplaceError(UnfitFileError, key="would_replace"):
    """A ``file`` of this name is stored, and its content may be another.

    The printer would overwrite it without a warning (docs/protocol/http.md §7).
    """


class NoSpaceError(UnfitFileError, key="no_space"):
    """The file ``needs`` more than the printer ``has`` free, both in megabytes."""


class FileForOtherPrinterError(NotNowError, key="file_for_other_printer"):
    """The file is ``sliced`` for another printer than this ``printer``; both are names."""


class PrintTooLargeError(NotNowError, key="print_too_large"):
    """The print has a ``size`` that does not fit on the ``bed``; both in mm."""


class ToolsUnknownError(NotNowError, key="file_tools_unknown"):
    """The tools of the file are not known, and the station holds several spools."""
