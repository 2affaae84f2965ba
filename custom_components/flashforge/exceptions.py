"""Errors of Home Assistant with a translated text; the one place that maps ours."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .api import FlashForgeError, NotNowError, UnsupportedError, UploadCanceledError
from .api.errors import InvalidError, LocalFileError, UnfitFileError
from .const import DOMAIN
from .plain_text import plain_texts

_REFUSALS = (
    InvalidError,
    NotNowError,
    UnsupportedError,
    LocalFileError,
    UnfitFileError,
    # It ended as a person wanted it to.
    UploadCanceledError,
)
"""The request cannot be carried out; nothing went wrong."""


def refused(key: str, **placeholders: str) -> ServiceValidationError:
    """Return the refusal of a call that cannot be carried out."""
    return _error(ServiceValidationError, key, placeholders)


def failed(key: str, **placeholders: str) -> HomeAssistantError:
    """Return the error of a valid call that failed."""
    return _error(HomeAssistantError, key, placeholders)


def in_words(
    err: FlashForgeError, kind: type[HomeAssistantError] | None = None
) -> HomeAssistantError:
    """Return what Home Assistant shows of an error of a printer.

    Without a ``kind``, the error decides whether the call was refused or failed.
    """
    usual = ServiceValidationError if isinstance(err, _REFUSALS) else HomeAssistantError
    return _error(kind or usual, err.key, err.placeholders)


@contextmanager
def translated(kind: type[HomeAssistantError] | None = None) -> Iterator[None]:
    """Raise errors of a printer as errors of Home Assistant (``in_words``)."""
    try:
        yield
    except FlashForgeError as err:
        raise in_words(err, kind) from err


def _error[E: HomeAssistantError](
    kind: type[E], key: str, placeholders: Mapping[str, str]
) -> E:
    return kind(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=plain_texts(placeholders),
    )
