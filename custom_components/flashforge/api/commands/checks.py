"""Checks that several commands make before they are sent."""

from ..errors import FlashForgeError, UnsupportedError
from ..models.model import Model
from ..models.needs import takes
from ..state import PrinterState
from .command import Check


def all_of(model: Model, name: str, *checks: Check) -> Check:
    """Return one check of several, after the check that the model has the function."""

    def refusal(state: PrinterState) -> FlashForgeError | None:
        if not takes(model, name):
            return UnsupportedError(name)
        refusals = (check(state) for check in checks)
        return next((each for each in refusals if each is not None), None)

    return refusal
