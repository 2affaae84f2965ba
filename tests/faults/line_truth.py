"""What the entities of an older printer have to show, where its port says less or more."""

from collections.abc import Mapping

from simulator import Job, Printer, Status

from .shown import ABSENT, ANYTHING, EITHER, Shown, Truth

COLD_BY = 5
"""Degrees below its target from which on a nozzle still heats."""

_AFTER = EITHER({"idle", "completed", "canceled"})
"""A printer at rest forgets its last job; Home Assistant knows it if it saw it."""

_RUNS = frozenset({Status.HEATING, Status.PRINTING, Status.PAUSING, Status.PAUSED})


def _runs(printer: Printer) -> Job | None:
    job = printer.machine.job
    return job if printer.machine.status in _RUNS else None


def _heats(printer: Printer) -> bool:
    job = printer.machine.job
    cold = any(
        round(each.target) - round(each.temperature) > COLD_BY
        for each in printer.machine.nozzles
    )
    return cold and (job is None or job.progress < 0.01)


def _status(printer: Printer) -> Shown:
    machine = printer.machine
    machine_word, _ = printer.quirks.dialect.words[machine.status]
    if machine_word == "READY" and machine.status in _RUNS:
        # Some say at no time that they print; only a hot nozzle and progress tell it.
        return "printing"
    match machine.status:
        case Status.HEATING | Status.PRINTING | Status.PAUSING:
            return "heating" if _heats(printer) else "printing"
        case Status.PAUSED:
            return "paused"
        case Status.ERROR:
            return "error" if machine_word != "READY" else _AFTER
        case Status.CANCELING:
            return "canceling" if machine_word == "CANCEL_BUILD" else "busy"
        case Status.STARTING | Status.CALIBRATING | Status.BUSY:
            return "busy"
    return _AFTER


def _progress(printer: Printer) -> Shown:
    job = _runs(printer)
    return ANYTHING if job is None else int(job.progress * 100)


def _file(printer: Printer) -> Shown:
    job = _runs(printer)
    if job is None:
        return ANYTHING
    named = any("{file}" in line for line in printer.quirks.dialect.state)
    # Otherwise only who started it knows.
    return job.name if named else EITHER({job.name, ABSENT})


def _layer(printer: Printer) -> Shown:
    job = _runs(printer)
    return ANYTHING if job is None or not job.layers else job.layer


def _layers(printer: Printer) -> Shown:
    job = _runs(printer)
    return ANYTHING if job is None or not job.layers else job.layers


def _printing(printer: Printer) -> Shown:
    if printer.machine.status in _RUNS:
        return True
    # It calls itself busy before and after a job as well as at any other time.
    return ANYTHING if printer.machine.status is Status.CANCELING else False


def _problem(printer: Printer) -> Shown:
    return _status(printer) == "error"


def _plate(printer: Printer) -> Shown:
    return ANYTHING if _status(printer) is _AFTER else False


LINE_TRUTHS: Mapping[tuple[str, str], Truth] = {
    ("sensor", "status"): _status,
    ("sensor", "progress"): _progress,
    ("sensor", "file"): _file,
    ("sensor", "current_layer"): _layer,
    ("sensor", "total_layers"): _layers,
    # Counted from the first poll that showed the job.
    ("sensor", "elapsed_time"): lambda _: ANYTHING,
    ("sensor", "last_print"): lambda _: ANYTHING,
    ("binary_sensor", "printing"): _printing,
    ("binary_sensor", "problem"): _problem,
    ("binary_sensor", "plate_occupied"): _plate,
}
"""The entities for which an older printer has another truth than a newer one."""


def contradictions(shown: Mapping[tuple[str, str], str]) -> list[str]:
    """Return what the entities of one printer must not show together."""
    status = shown["sensor", "status"]
    plate = shown.get(("binary_sensor", "plate_occupied"))
    ended = status in {"completed", "canceled"}
    progress = shown.get(("sensor", "progress"), ABSENT)
    found = {
        "a plate that is empty after a print": ended and plate == "off",
        "a plate that is occupied without one": status == "idle" and plate == "on",
        "a part of no job": status == "idle" and progress != ABSENT,
        "a part of a completed job": status == "completed" and progress != "100",
    }
    return [name for name, wrong in found.items() if wrong]
