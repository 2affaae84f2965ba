"""The set-up doctor: what keeps us from a printer, step by step.

The printer is asked first (api/examination.py) and what was heard is judged afterwards,
so that a step can explain itself with what another one heard: a closed port means one
thing where the printer answers a search, and another where nobody does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .catalog import Feature
from .errors import (
    LanModeError,
    OtherPrinterError,
    RefusedError,
    UnreachableError,
    UnreadableError,
    WrongCodeError,
    WrongSerialError,
)
from .examination import NO_PRINTER, Access, Examination
from .mjpeg import CameraPresence


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


class Verdict(StrEnum):
    """What a step came to; ``SKIPPED`` is one that could not tell anything."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


UNSUPPORTED = "unsupported_model"
FOREIGN = "wrong_device"
MODIFIED = "moonraker"
"""Problems that the doctor sees and no request can: keys as in ``errors``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one step found.

    ``key`` names the situation and its texts, ``facts`` fill their placeholders.
    ``problem`` is the key of the error, as in ``errors``, when the step failed.
    """

    step: Step
    verdict: Verdict
    key: str = "skipped"
    problem: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """A finding that does not know its step."""

    key: str
    verdict: Verdict = Verdict.OK
    problem: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def _ok(key: str, **facts: str) -> _Judgement:
    return _Judgement(key=key, facts=facts)


def _warning(key: str, **facts: str) -> _Judgement:
    return _Judgement(key=key, verdict=Verdict.WARNING, facts=facts)


def _failed(key: str, problem: str, **facts: str) -> _Judgement:
    return _Judgement(key=key, verdict=Verdict.FAILED, problem=problem, facts=facts)


def _address(seen: Examination) -> _Judgement:
    err = seen.outcome
    if isinstance(err, UnreachableError) and err.unresolved and not seen.announced:
        return _failed("address_unknown", err.key)
    return _ok("address_known")


def _search(seen: Examination) -> _Judgement:
    if (announced := seen.announced) is None:
        return _warning("search_unanswered")
    model = announced.model.name
    if not announced.is_supported:
        return _failed("model_unsupported", UNSUPPORTED, model=model)
    return _ok("search_answered", model=model)


def _firmware(seen: Examination) -> _Judgement | None:
    if seen.has_moonraker is None:
        return None
    if not seen.has_moonraker:
        return _ok("moonraker_absent")
    if isinstance(seen.outcome, NO_PRINTER):
        return _failed("moonraker_only", MODIFIED)
    return _warning("moonraker_beside")


_CLOSED: Mapping[tuple[bool, bool], str] = {
    (True, True): "port_closed",
    (True, False): "port_hangs",
    (False, True): "port_refused",
    (False, False): "port_silent",
}
"""What a port that does not answer means: was the printer heard, was it refused."""


def _port(seen: Examination) -> _Judgement:
    err = seen.outcome
    if isinstance(err, UnreachableError):
        heard = seen.announced is not None
        return _failed(_CLOSED[heard, err.refused], err.key)
    return _ok("port_open")


def _answer(seen: Examination) -> _Judgement:
    err = seen.outcome
    if not isinstance(err, UnreadableError):
        return _ok("answer_readable")
    if seen.announced is None and not seen.access.serial:
        # Nothing says that there is a printer at all.
        return _failed("answer_foreign", FOREIGN)
    return _failed("answer_unreadable", err.key)


def _lan_mode(seen: Examination) -> _Judgement:
    if isinstance(seen.outcome, LanModeError):
        return _failed("lan_mode_off", seen.outcome.key)
    return _ok("lan_mode_on")


def _check_code(seen: Examination) -> _Judgement | None:
    err = seen.outcome
    if not seen.access.serial or seen.is_other or isinstance(err, WrongSerialError):
        # The code of one printer says nothing about another.
        return None
    if isinstance(err, WrongCodeError):
        return _failed("check_code_refused", err.key)
    if isinstance(err, RefusedError):
        facts = {
            name: _without(text, seen.access) for name, text in err.placeholders.items()
        }
        return _failed("request_refused", err.key, **facts)
    return _ok("check_code_accepted")


def _identity(seen: Examination) -> _Judgement | None:
    if not seen.access.serial:
        return None
    if seen.is_other:
        return _failed("other_printer", OtherPrinterError.key)
    if isinstance(seen.outcome, WrongSerialError):
        return _failed("serial_refused", seen.outcome.key)
    if seen.state is None and seen.announced_serial is None:
        return None
    return _ok("identity_confirmed", serial=f"…{seen.access.serial[-4:]}")


def _model(seen: Examination) -> _Judgement | None:
    if seen.state is None and seen.announced is None:
        return None
    if seen.model.pid is None:
        return _warning("model_unknown")
    firmware = seen.identity.firmware or "–"
    return _ok("model_known", model=seen.model.name, firmware=firmware)


def _camera(seen: Examination) -> _Judgement | None:
    url = seen.state.camera_url if seen.state else None
    match seen.camera:
        case None:
            return None
        case CameraPresence.PRESENT:
            return _ok("camera_found")
        case CameraPresence.TAKEN:
            return _warning("camera_taken")
        case CameraPresence.ABSENT if url:
            return _warning("camera_silent")
        case CameraPresence.ABSENT if Feature.CAMERA_SWITCH in seen.model.features:
            return _warning("camera_off")
    return _ok("camera_absent")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One step. When it fails, those after it make no sense if it is ``needed``."""

    step: Step
    judge: Callable[[Examination], _Judgement | None]
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
        judgement = None if blocked else row.judge(seen)
        if judgement is None:
            yield Finding(step=row.step, verdict=Verdict.SKIPPED)
            continue
        blocked = row.needed and judgement.verdict is Verdict.FAILED
        yield Finding(
            step=row.step,
            verdict=judgement.verdict,
            key=judgement.key,
            problem=judgement.problem,
            facts=judgement.facts,
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
