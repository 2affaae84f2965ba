"""The base of all errors, and the kinds of refusals."""

from typing import ClassVar, override

from ..texts import one_line


class FlashForgeError(Exception):
    """Base of everything this package raises.

    ``key`` names the text. ``message`` is for the log. The facts fill the placeholders of
    the text under their names; a fact that is None is shown as a dash.
    """

    key: ClassVar[str] = "unknown"

    @override
    def __init_subclass__(cls, *, key: str | None = None) -> None:
        """Set the key; without one it is that of the base."""
        super().__init_subclass__()
        if key is not None:
            cls.key = key

    def __init__(self, message: str = "", /, **facts: object) -> None:
        """Keep the facts; without a message they are what is logged."""
        listed = ", ".join(f"{name} {fact}" for name, fact in facts.items())
        super().__init__(message or listed)
        self.facts = facts

    @override
    def __str__(self) -> str:
        """Return what is logged, on one line because it may quote the printer."""
        return one_line(super().__str__())

    @property
    def placeholders(self) -> dict[str, str]:
        """Return what fills the text."""
        return {
            name: "–" if fact is None else str(fact)
            for name, fact in self.facts.items()
        }


class UnsupportedError(FlashForgeError, key="unsupported"):
    """The model has no such function (docs/protocol/http.md §4.1)."""


class UnsupportedOptionError(UnsupportedError, key="unsupported_option"):
    """The model or its firmware has no ``option`` for prints (docs/protocol/http.md §6).

    The option has its name in ``state.PrintOptions``.
    """


class InvalidError(FlashForgeError, key="invalid"):
    """The request is not valid, whatever the printer does."""


class NotNowError(FlashForgeError, key="not_now"):
    """The printer's state forbids it; the key names the state that is needed."""


class NotConfirmedError(FlashForgeError, key="not_confirmed"):
    """The printer acknowledged a command and then did not show it in time.

    An acknowledgement proves nothing on these printers (docs/protocol/http.md §4).
    """
