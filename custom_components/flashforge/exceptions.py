"""What Home Assistant shows of the errors of commands: the one place that maps them."""

from collections.abc import Iterator
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
"""The person asked for something that cannot be; nothing went wrong."""


def refused(key: str, **placeholders: str) -> ServiceValidationError:
    """Return the refusal of a call that asks for what cannot be."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=plain_texts(placeholders),
    )


def failed(key: str, **placeholders: str) -> HomeAssistantError:
    """Return what is raised when a call makes sense and something went wrong."""
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=plain_texts(placeholders),
    )


@contextmanager
def translated() -> Iterator[None]:
    """Raise what goes wrong inside in the words of the person who gave the command."""
    try:
        yield
    except FlashForgeError as err:
        kind = (
            ServiceValidationError if isinstance(err, _REFUSALS) else HomeAssistantError
        )
        raise kind(
            translation_domain=DOMAIN,
            translation_key=err.key,
            translation_placeholders=plain_texts(err.placeholders),
        ) from err
