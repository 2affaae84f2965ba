"""What can go wrong with a file on its way to a printer (``errors``, one topic of it)."""

from typing import ClassVar, override

from .errors import FlashForgeError, NotNowError


class LocalFileError(FlashForgeError):
    """A file on our side is not there, or may not be read."""

    key: ClassVar[str] = "file_missing_here"

    def __init__(self, file: str) -> None:
        """Keep the name of the file, without its folder."""
        super().__init__(file)
        self.file = file

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the name."""
        return {"file": self.file}


class UnreadableFileError(LocalFileError):
    """A file on our side is surely no print file: empty, cut off or of another kind."""

    key: ClassVar[str] = "file_unreadable"


class NotSlicedError(UnreadableFileError):
    """A 3mf on our side holds a model, and nothing that a printer could print."""

    key: ClassVar[str] = "file_not_sliced"


class UploadRunsError(NotNowError):
    """Another file is on its way to this printer."""

    key: ClassVar[str] = "upload_runs"

    def __init__(self, file: str) -> None:
        """Keep which file that is."""
        super().__init__(file)
        self.file = file

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return which file that is."""
        return {"file": self.file}


class UploadError(FlashForgeError):
    """A file did not get to the printer; no print began.

    ``percent`` of it were sent until then. The kinds of it are in ``upload_errors``.
    """

    key: ClassVar[str] = "upload_failed"

    def __init__(self, message: str, *, percent: int = 0) -> None:
        """Keep how far it got."""
        super().__init__(message)
        self.percent = percent

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return how far it got."""
        return {"percent": str(self.percent)}


class UploadStalledError(UploadError):
    """The printer took no more of the file (docs/protocol/http.md §7)."""

    key: ClassVar[str] = "upload_stalled"


class UploadTooSlowError(UploadError):
    """The time for an upload ran out before the file was sent (docs/protocol/http.md §7)."""

    key: ClassVar[str] = "upload_too_slow"


class UploadCanceledError(UploadError):
    """Somebody canceled the upload."""

    key: ClassVar[str] = "upload_canceled"


class UploadUnansweredError(UploadError):
    """The whole file was sent and the printer did not say what became of it.

    The one upload error after which the file may be stored and the print begun.
    """

    key: ClassVar[str] = "upload_unanswered"


class FileChangedError(UploadError):
    """The local file was changed after it was read, so that it was not sent whole."""

    key: ClassVar[str] = "file_changed"


class FileUnreadableError(UploadError):
    """The local file is not there, is no file or cannot be read."""

    key: ClassVar[str] = "file_lost"


class UnfitFileError(UploadError):
    """The file is none for this printer; ``key`` says why. Nothing was sent."""

    key: ClassVar[str] = "file_unfit"


class FileNameError(UnfitFileError):
    """The name cannot be that of a file on a printer (docs/protocol/http.md §7)."""

    key: ClassVar[str] = "file_name"


class EmptyFileError(UnfitFileError):
    """There is nothing in the file."""

    key: ClassVar[str] = "file_empty"


class FileTypeError(UnfitFileError):
    """The printer takes no files with such a suffix; it takes those in ``types``."""

    key: ClassVar[str] = "file_type"

    def __init__(self, types: tuple[str, ...]) -> None:
        """Keep what it takes."""
        super().__init__(f"not one of {types}")
        self.types = types

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return what it takes, as a person would list it."""
        return {"types": ", ".join(self.types)}


class StartTypeError(FileTypeError):
    """The printer stores such files but starts none of them (docs/protocol/http.md §7)."""

    key: ClassVar[str] = "file_type_start"


class WouldReplaceError(UnfitFileError):
    """A file of this name is stored, and nobody knows that its content is the same.

    The printer would overwrite it without a word (docs/protocol/http.md §7).
    """

    key: ClassVar[str] = "would_replace"

    def __init__(self, name: str) -> None:
        """Keep the name that the file has on the printer."""
        super().__init__(name)
        self.name = name

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the name."""
        return {"file": self.name}


class NoSpaceError(UnfitFileError):
    """The file is larger than what the printer has free, both in bytes."""

    key: ClassVar[str] = "no_space"

    def __init__(self, needs: int, has: float) -> None:
        """Keep what is needed and what there is."""
        super().__init__(f"needs {needs}, has {has:.0f}")
        self.needs = needs
        self.has = has

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return both in whole megabytes, rounded so that they cannot look alike."""
        megabyte = 1_000_000
        return {
            "needs": str(-(-self.needs // megabyte)),
            "has": str(int(self.has // megabyte)),
        }
