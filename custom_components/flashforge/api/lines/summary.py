"""From the replies of one poll to the state of a printer."""

from collections.abc import Mapping

from ..errors import OtherPrinterError, UnreadableError
from ..identity import Identity
from ..models.catalog import by_name
from ..models.line_models import line_model
from ..models.model import Model, Protocol
from ..state import Heater, PrinterState
from .course import Course
from .report import MachineReport, read_progress, read_status, read_temperatures
from .told import Told

WHO = "M115"
STATUS = "M119"
TEMPERATURES = "M105"
PROGRESS = "M27"

POLL = (STATUS, TEMPERATURES, PROGRESS)
"""What is asked with each poll, in this order."""

_NOTHING = Heater(temperature=0.0, target=0.0)


def identify(machine: MachineReport, known: Identity) -> tuple[Identity, Model]:
    """Return who answered, and its model. Raises ``errors.OtherPrinterError``."""
    modern = by_name(machine.machine_type)
    if modern is not None and modern.protocol is not Protocol.TCP:
        raise OtherPrinterError("a printer with another interface answers")
    model = line_model(known.pid, machine.machine_type, machine.size)
    identity = Identity(
        pid=model.pid or known.pid,
        name=machine.name,
        model_name=machine.machine_type,
        firmware=machine.firmware,
        mac=machine.mac,
        serial=machine.serial,
    )
    return identity, model


def state_of(
    identity: Identity,
    model: Model,
    machine: MachineReport,
    replies: Mapping[str, tuple[str, ...]],
    course: Course,
    told: Told,
) -> PrinterState:
    """Return the state that the replies mean for a job that was followed so far."""
    report = read_status(replies[STATUS])
    if report.machine is None:
        raise UnreadableError("no status in the reply")
    heaters = read_temperatures(replies[TEMPERATURES])
    nozzles = _nozzles(heaters, machine.tools or model.tools)
    progress = read_progress(replies[PROGRESS])
    status, job = course.follow(model, report, progress, nozzles)
    assumed = told.beside(report, status)
    unread = {"nozzles": not heaters, "job.progress": progress is None}
    return PrinterState(
        identity=identity,
        status=status,
        raw_status=" ".join(filter(None, (report.machine, report.mode))),
        job=job,
        nozzles=nozzles,
        bed=_bed(heaters, model),
        light=assumed.light if report.light is None else report.light,
        assumed=assumed,
        build_volume=machine.size or model.build_volume,
        unread=tuple(name for name, missing in unread.items() if missing),
    )


def _nozzles(heaters: Mapping[str, Heater], tools: int) -> tuple[Heater, ...]:
    """Return the nozzles that exist; a printer reports more than it has."""
    found = (heaters.get(f"T{tool}") for tool in range(tools))
    return tuple(each or Heater() for each in found)


def _bed(heaters: Mapping[str, Heater], model: Model) -> Heater | None:
    """Return the bed; a printer without one reports 0 for ever."""
    bed = heaters.get("B")
    if not model.heated_bed or (bed == _NOTHING and not model.described):
        return None
    return bed
