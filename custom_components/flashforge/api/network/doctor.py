"""The set-up doctor: what keeps us from a printer, step by step.

The printer is asked first (api/network/examination.py) and the answers are judged
afterwards, so that a step can use the answers to another one: a closed port means one
thing if the printer answers a search, and another if it does not.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..camera.mjpeg import CameraPresence
from ..connect import Access
from ..errors import (
    BusyError,
    FlashForgeError,
    LanModeError,
    LineChannelTakenError,
    OtherPrinterError,
    RefusedError,
    UnreachableError,
    UnreadableError,
    WrongCodeError,
    WrongSerialError,
)
from ..models.model import Feature, Protocol
from ..state import PrinterState
from .examination import NO_PRINTER, Examination
from .verdicts import VERDICTS, Verdict


class Step(StrEnum):
    """What is looked at, in this order."""

    ADDRESS = "address"
    SEARCH = "search"
    FIRMWARE = "firmware"
    PORT = "port"
    ANSWER = "answer"
    LAN_MODE = "lan_mode"
    CHECK_CODE = "check_code"
    IDENTITY = "identity"
    MODEL = "model"
    CAMERA = "camera"


UNSUPPORTED = "unsupported_model"
OTHER_KIND = "other_kind"
FOREIGN = "wrong_device"
MODIFIED = "moonraker"
UNRESOLVED = "unknown_host"
"""Problems that the doctor sees and no request can: keys as in ``errors``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one step found.

    ``key`` names the situation and its texts, ``facts`` fill their placeholders.
    ``problem`` is the key of the error, as in ``errors``, when the step failed.
    """

    step: Step
    verdict: Verdict
    key: str
    problem: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Found:
    """A finding without its step and its verdict."""

    key: str
    problem: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


_NOTHING = _Found("skipped")

_JUDGED_LATER = (LanModeError, WrongCodeError, WrongSerialError, OtherPrinterError)


def _address(seen: Examination) -> _Found:
    err = seen.outcome
    if isinstance(err, UnreachableError) and err.unresolved and not seen.announced:
        return _Found("address_unknown", UNRESOLVED)
    return _Found("address_known")


def _search(seen: Examination) -> _Found:
    if (announced := seen.announced) is None:
        return _Found("search_unanswered")
    model = announced.model.name
    fits = announced.model.protocol is seen.access.protocol
    if not fits and isinstance(seen.outcome, NO_PRINTER):
        if seen.access.serial:
            return _Found(OTHER_KIND, OTHER_KIND, {"model": model})
        return _Found("model_unsupported", UNSUPPORTED, {"model": model})
    return _Found("search_answered", facts={"model": model})


def _firmware(seen: Examination) -> _Found:
    if seen.has_moonraker is None:
        return _NOTHING
    if not seen.has_moonraker:
        return _Found("moonraker_absent")
    if isinstance(seen.outcome, NO_PRINTER):
        return _Found("moonraker_only", MODIFIED)
    return _Found("moonraker_beside")


_CLOSED: Mapping[tuple[bool, bool], str] = {
    (True, True): "port_closed",
    (True, False): "port_hangs",
    (False, True): "port_refused",
    (False, False): "port_silent",
}
"""The meaning of a port without an answer: by whether a search found the printer, and whether the port refused."""


def _port(seen: Examination) -> _Found:
    err = seen.outcome
    if isinstance(err, UnreachableError):
        heard = seen.announced is not None
        if heard and err.refused and seen.access.protocol is Protocol.TCP:
            # It has no LAN mode that could be off.
            return _Found("line_port_closed", err.key)
        return _Found(_CLOSED[heard, err.refused], err.key)
    return _Found("port_open")


def _answer(seen: Examination) -> _Found:
    err = seen.outcome
    if isinstance(err, LineChannelTakenError):
        # It says nothing to anybody but the program with control.
        return _Found("control_taken", err.key)
    if isinstance(err, FlashForgeError) and not isinstance(
        err, (UnreadableError, RefusedError, *_JUDGED_LATER)
    ):
        # It receives a file, or has another reason to answer later.
        return _Found("answer_busy", BusyError.key)
    if not isinstance(err, UnreadableError):
        return _Found("answer_readable")
    if seen.announced is None and not seen.access.serial:
        # There may be no printer at all.
        return _Found("answer_foreign", FOREIGN)
    return _Found("answer_unreadable", err.key)


def _lan_mode(seen: Examination) -> _Found:
    if seen.access.protocol is Protocol.TCP:
        return _NOTHING
    if isinstance(seen.outcome, LanModeError):
        return _Found("lan_mode_off", seen.outcome.key)
    return _Found("lan_mode_on")


def _check_code(seen: Examination) -> _Found:
    err = seen.outcome
    if not seen.access.check_code and isinstance(err, PrinterState):
        return _NOTHING
    if isinstance(err, RefusedError) and seen.access.protocol is Protocol.TCP:
        return _refused(seen, err)
    if not seen.access.serial or seen.is_other or isinstance(err, WrongSerialError):
        # The code of one printer does not matter for another.
        return _NOTHING
    if isinstance(err, WrongCodeError):
        return _Found("check_code_refused", err.key)
    if isinstance(err, RefusedError):
        return _refused(seen, err)
    return _Found("check_code_accepted")


def _refused(seen: Examination, err: RefusedError) -> _Found:
    facts = {
        name: _without(text, seen.access) for name, text in err.placeholders.items()
    }
    return _Found("request_refused", err.key, facts)


def _identity(seen: Examination) -> _Found:
    if seen.is_other:
        return _Found("other_printer", OtherPrinterError.key)
    if not seen.access.serial:
        return _NOTHING
    if isinstance(seen.outcome, WrongSerialError):
        return _Found("serial_refused", seen.outcome.key)
    if seen.state is None and seen.announced_serial is None:
        return _NOTHING
    return _Found("identity_confirmed", facts={"serial": f"…{seen.access.serial[-4:]}"})


def _model(seen: Examination) -> _Found:
    if seen.state is None and seen.announced is None:
        return _NOTHING
    if not seen.model.described:
        return _Found("model_unknown")
    firmware = seen.identity.firmware or "–"
    facts = {"model": seen.model.name, "firmware": firmware}
    return _Found("model_known", facts=facts)


def _camera(seen: Examination) -> _Found:
    url = seen.state.camera_url if seen.state else None
    match seen.camera:
        case None:
            return _NOTHING
        case CameraPresence.PRESENT:
            return _Found("camera_found")
        case CameraPresence.TAKEN:
            return _Found("camera_taken")
        case CameraPresence.ABSENT if url:
            return _Found("camera_silent")
        case CameraPresence.ABSENT if Feature.CAMERA_SWITCH in seen.model.features:
            return _Found("camera_off")
    return _Found("camera_absent")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One step. When it fails, those after it make no sense if it is ``needed``."""

    step: Step
    judge: Callable[[Examination], _Found]
    needed: bool = True


_ROWS = (
    _Row(step=Step.ADDRESS, judge=_address),
    _Row(step=Step.SEARCH, judge=_search),
    _Row(step=Step.FIRMWARE, judge=_firmware),
    _Row(step=Step.PORT, judge=_port),
    _Row(step=Step.ANSWER, judge=_answer),
    _Row(step=Step.LAN_MODE, judge=_lan_mode),
    _Row(step=Step.CHECK_CODE, judge=_check_code, needed=False),
    _Row(step=Step.IDENTITY, judge=_identity),
    _Row(step=Step.MODEL, judge=_model),
    _Row(step=Step.CAMERA, judge=_camera),
)


def diagnose(seen: Examination) -> tuple[Finding, ...]:
    """Return what an examination means, one finding for each step."""
    return tuple(_findings(seen))


def _findings(seen: Examination) -> Iterator[Finding]:
    """Yield a finding for each row, skipped ones behind what stands in the way."""
    blocked = False
    for row in _ROWS:
        found = _NOTHING if blocked else row.judge(seen)
        verdict = VERDICTS[found.key]
        blocked |= row.needed and verdict is Verdict.FAILED
        yield Finding(
            step=row.step,
            verdict=verdict,
            key=found.key,
            problem=found.problem,
            facts=found.facts,
        )


def first_problem(findings: Iterable[Finding]) -> Finding | None:
    """Return the finding that has to be mended first, None when nothing has to be.

    Its ``problem`` is the key of the error that a form shows, its ``facts`` are the
    placeholders.
    """
    return next((each for each in findings if each.problem), None)


def worst(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict on the whole."""
    reached = {each.verdict for each in findings}
    return next(
        (each for each in (Verdict.FAILED, Verdict.WARNING) if each in reached),
        Verdict.OK,
    )


def _without(text: str, access: Access) -> str:
    """Return a printer's own words without the serial, whether or not SN is before it."""
    bare = access.serial.removeprefix("SN")
    return text.replace(bare, "***") if bare else text
