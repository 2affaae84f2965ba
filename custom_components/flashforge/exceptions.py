"""Errors of Home Assistant with a translated text; the one place that maps ours."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .api.errors import (
    FlashForgeError,
    InvalidError,
    LocalFileError,
    NotNowError,
    UnfitFileError,
    UnsupportedError,
)
from .const import DOMAIN
from .plain_text import plain_texts

_REFUSALS = (
    InvalidError,
    NotNowError,
    UnsupportedError,
    LocalFileError,
    UnfitFileError,
)
"""The request cannot be carried out; nothing went wrong."""


def refused(key: str, **placeholders: str) -> ServiceValidationError:
    """Return the refusal of a call that asks for what cannot be."""
    return _error(ServiceValidationError, key, placeholders)


def failed(key: str, **placeholders: str) -> HomeAssistantError:
    """Return what is raised when a call makes sense and something went wrong."""
    return _error(HomeAssistantError, key, placeholders)


@contextmanager
def translated(kind: type[HomeAssistantError] | None = None) -> Iterator[None]:
    """Raise errors of a printer as errors of Home Assistant.

    Without a kind, what a person can put right is raised as a refusal of the call.
    """
    try:
        yield
    except FlashForgeError as err:
        usual = (
            ServiceValidationError if isinstance(err, _REFUSALS) else HomeAssistantError
        )
        raise _error(kind or usual, err.key, err.placeholders) from err


def _error[E: HomeAssistantError](
    kind: type[E], key: str, placeholders: Mapping[str, str]
) -> E:
    return kind(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=plain_texts(placeholders),
    )
