"""The answers to what a person asks by voice. Their words are in the translations."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePath
import re

from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from ..api import Command, Status
from ..api.commands import controls, job
from ..api.models.colors import name_of as color_name
from ..const import DOMAIN
from ..coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from ..exceptions import refused
from ..permissions import async_check_context
from ..plain_text import plain_texts
from .printers import LIGHT, async_exposed_entity, name_of

YES_WITHIN = timedelta(minutes=1)
"""How long a cancel may be confirmed after it was asked for."""

_SPOKEN = "spoken"

_DOES = {
    "printing": "is_printing",
    "paused": "is_paused",
    "idle": "is_idle",
    "offline": "is_offline",
}
"""The answer to what a printer does."""

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}


@dataclass(slots=True)
class Asked:
    """When somebody asked to cancel the job of a printer, by entry."""

    cancel: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What was said (in small letters), by whom, and about which printer."""

    hass: HomeAssistant
    entry: FlashForgeConfigEntry
    said: str
    context: Context
    asked: Asked

    @property
    def coordinator(self) -> FlashForgeCoordinator:
        """The printer."""
        return self.entry.runtime_data

    async def tell(self, key: str, **facts: object) -> str:
        """Return an answer; the printer and its file can be part of it."""
        file = self.coordinator.data.job.file
        named = {
            "printer": name_of(self.hass, self.entry),
            "file": PurePath(file).stem if file else "—",
        }
        return await _text(self.hass, key, {**named, **facts})

    async def command(self, command: Command) -> None:
        """Carry out a command if the person may. Raises ``HomeAssistantError``."""
        await async_check_context(self.hass, self.context, self.entry.entry_id)
        await self.coordinator.async_command(command)


async def _text(hass: HomeAssistant, key: str, facts: dict[str, object]) -> str:
    told = await async_get_translations(
        hass, hass.config.language, "selector", [DOMAIN]
    )
    text = told[f"component.{DOMAIN}.selector.{_SPOKEN}.options.{key}"]
    return text.format_map(plain_texts(facts))


async def is_printing(question: Question) -> str:
    """Answer whether a printer prints."""
    return await question.tell(_DOES[_activity(question.coordinator)])


async def what(question: Question) -> str:
    """Answer what a printer prints."""
    activity = _activity(question.coordinator)
    return await question.tell("file" if activity == "printing" else _DOES[activity])


def _activity(coordinator: FlashForgeCoordinator) -> str:
    """Return what a printer does, in four words."""
    state = coordinator.data
    if not coordinator.online:
        return "offline"
    if state.status in {Status.PAUSING, Status.PAUSED}:
        return "paused"
    return "printing" if state.has_job or state.calibrates_for_job else "idle"


async def time_left(question: Question) -> str:
    """Answer how long a print takes."""
    if (activity := _activity(question.coordinator)) in {"idle", "offline"}:
        return await question.tell(_DOES[activity])
    left = question.coordinator.jobs.remaining
    if left is None:
        return await question.tell("time_unknown")
    hours, minutes = divmod(round(left / 60), 60)
    if activity == "paused":
        return await question.tell("left_paused", hours=hours, minutes=minutes)
    return await question.tell("left", hours=hours, minutes=minutes)


async def finish(question: Question) -> str:
    """Answer when a print will be done."""
    activity = _activity(question.coordinator)
    if activity != "printing":
        return await question.tell(_DOES[activity])
    if (at := question.coordinator.jobs.finish) is None:
        return await question.tell("time_unknown")
    at = dt_util.as_local(at)
    if at.date() == dt_util.now().date():
        return await question.tell("finish", time=f"{at:%H:%M}")
    return await question.tell("finish_later", time=f"{at:%H:%M}", date=at.date())


async def pause(question: Question) -> str:
    """Pause a print, at once or as soon as the printer can."""
    await question.command(job.pause())
    kept = question.coordinator.pending.kept is not None
    return await question.tell("pauses_later" if kept else "paused")


async def resume(question: Question) -> str:
    """Resume a print."""
    await question.command(job.resume())
    return await question.tell("resumed")


async def ask_cancel(question: Question) -> str:
    """Ask back: a canceled print cannot be continued."""
    if not question.coordinator.data.may_have_job:
        return await question.tell("is_idle")
    await async_check_context(question.hass, question.context, question.entry.entry_id)
    question.asked.cancel[question.entry.entry_id] = dt_util.utcnow()
    return await question.tell("cancel_sure")


async def cancel(question: Question) -> str:
    """Cancel a print that somebody asked to cancel just before."""
    at = question.asked.cancel.pop(question.entry.entry_id, None)
    if at is None or dt_util.utcnow() - at > YES_WITHIN:
        return await ask_cancel(question)
    await question.command(job.cancel())
    kept = question.coordinator.pending.kept is not None
    return await question.tell("cancels_later" if kept else "canceled")


async def light(question: Question) -> str:
    """Switch the light, if it is exposed."""
    if not async_exposed_entity(question.hass, "conversation", question.entry, LIGHT):
        raise refused("not_exposed", printer=name_of(question.hass, question.entry))
    on = re.search(r"\bon\b", question.said) is not None
    await question.command(controls.light(on))
    return await question.tell("light_on" if on else "light_off")


async def temperature(question: Question) -> str:
    """Answer how hot a part is."""
    coordinator = question.coordinator
    if not coordinator.online:
        return await question.tell("is_offline")
    state = coordinator.data
    parts = {"bed": state.bed, "nozzle": state.nozzle(0), "chamber": state.chamber}
    part = next(each for name, each in parts.items() if name in question.said)
    if part is None or part.temperature is None:
        return await question.tell("temperature_unknown")
    return await question.tell("temperature", celsius=round(part.temperature))


async def slot(question: Question) -> str:
    """Answer what is in a slot."""
    match = re.search(r"slot (\w+)", question.said)
    said = match[1] if match else ""
    number = _NUMBERS.get(said) or int(said)
    coordinator = question.coordinator
    if not coordinator.online:
        return await question.tell("is_offline")
    spool = coordinator.data.spool(number)
    if spool is None:
        return await question.tell("no_slot", slot=number)
    if spool.has_filament is False or spool.material is None:
        return await question.tell("slot_empty", slot=number)
    color = color_name(spool.color, coordinator.printer.model.palette)
    return await question.tell(
        "slot" if color else "slot_material",
        slot=number,
        material=spool.material,
        color=(color or "").replace("_", " "),
    )


async def waiting(
    hass: HomeAssistant, printers: Sequence[FlashForgeConfigEntry]
) -> str:
    """Answer which printers wait for a person, and why."""
    reasons = [
        await _text(hass, key, {"printer": name_of(hass, entry)})
        for entry in printers
        if (key := _waits(entry.runtime_data)) is not None
    ]
    return " ".join(reasons) or await _text(hass, "nobody_waits", {})


def _waits(coordinator: FlashForgeCoordinator) -> str | None:
    """Return why a printer waits for a person, None if it does not."""
    state = coordinator.data
    if not coordinator.online:
        return None
    if state.has_error:
        return "waits_error"
    if state.status in {Status.PAUSING, Status.PAUSED}:
        return "waits_paused"
    return "waits_plate" if state.plate_occupied else None
