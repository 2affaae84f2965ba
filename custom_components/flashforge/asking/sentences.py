"""The sentences that the default assistant understands, without a step of the user.

They are registered like those of automations, so that nothing has to be copied. A sentence
is registered only with the names of exposed printers: it would hide sentences about
everything else otherwise.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
import re
from typing import TYPE_CHECKING, Any

from homeassistant.components.homeassistant.exposed_entities import (
    async_listen_entity_updates,
)
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.setup import async_when_setup

from ..const import DOMAIN
from . import answers
from .printers import async_exposed, async_meant, async_readable, name_of

if TYPE_CHECKING:
    from homeassistant.components.conversation.models import ConversationInput

ASSISTANT = "conversation"
"""The assistant whose exposure counts."""

_NO_NAME = "(the|my) [3d] printer"
_NO_NAMES = frozenset({"", "printer", "3d printer"})
# These printers are meant by the sentences without a name.
_NO_NAMES_PRINT = "(the|my) [3d] print"
_DONE = "(done|finished|ready|over)"
_PART = "(bed|nozzle|chamber)"
_SLOT = "slot (1|2|3|4|one|two|three|four)"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What can be said, ``{printer}`` and ``{print}`` stand for names; and the answer."""

    sentences: tuple[str, ...]
    answer: Callable[[answers.Question], Awaitable[str]]


PHRASES: tuple[Phrase, ...] = (
    Phrase(("is {printer} printing",), answers.is_printing),
    Phrase(("(what is|what's|whats) {printer} printing",), answers.what),
    Phrase(
        (
            f"how long (until|till) {{print}} is {_DONE}",
            f"how long until {{printer}} is {_DONE}",
            "how (long|much longer) does {print} [still] take",
        ),
        answers.time_left,
    ),
    Phrase(
        (
            f"when will {{print}} be {_DONE}",
            f"when is {{print}} {_DONE}",
            f"when will {{printer}} be {_DONE}",
        ),
        answers.finish,
    ),
    Phrase(("pause {print}", "pause {printer}"), answers.pause),
    Phrase(("(resume|continue) {print}", "resume {printer}"), answers.resume),
    Phrase(("(cancel|abort|stop) {print}",), answers.ask_cancel),
    Phrase(("yes[,] (cancel|abort|stop) {print}",), answers.cancel),
    Phrase(
        (
            "(turn|switch) (on|off) {printer} light",
            "(turn|switch) {printer} light (on|off)",
        ),
        answers.light,
    ),
    Phrase(
        (
            f"(what is|what's|whats) the {_PART} temperature [of|on] [{{printer}}]",
            f"how (hot|warm) is the {_PART} [of|on] [{{printer}}]",
            f"(what is|what's|whats) {{printer}} {_PART} temperature",
        ),
        answers.temperature,
    ),
    Phrase((f"(what|which) (filament|material) is in {_SLOT}",), answers.slot),
    Phrase(
        (f"(what|which) (filament|material) is in {_SLOT} (of|on) {{printer}}",),
        answers.slot,
    ),
)
"""All sentences about one printer."""

WAITING = (
    "(are|is) [there] (any|a) [3d] (printer|printers) waiting [for me]",
    "(do|does) any [3d] (printer|printers) (need|needs) me",
)


def spoken(name: str) -> str:
    """Return a name without what has a meaning in the grammar of sentences."""
    return " ".join(re.sub(r"[^\w\s'-]|_", " ", name).split())


def filled(phrase: Phrase, name: str | None) -> list[str]:
    """Return the sentences of a phrase for a printer, or for one without a name."""
    if name is None:
        printer, job = _NO_NAME, _NO_NAMES_PRINT
    else:
        printer = f"[the|my] {name}"
        job = f"([the|my] {name} print|(the|my) print (on|of) [the|my] {name})"
    return [
        each.replace("{printer}", printer).replace("{print}", job)
        for each in phrase.sentences
        # A sentence that names no printer is not registered again for each.
        if name is None or "{print" in each
    ]


class Sentences:
    """Keeps the sentences of the exposed printers registered."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Register nothing yet."""
        self._hass = hass
        self._names: Mapping[str, str] = {}
        self._registered: list[CALLBACK_TYPE] = []
        self._asked = answers.Asked()

    @callback
    def refresh(self, *_: object) -> None:
        """Register the sentences again if a printer came, went or has another name."""
        exposed = async_exposed(self._hass, ASSISTANT)
        names = {entry.entry_id: name_of(self._hass, entry) for entry in exposed}
        if names == self._names:
            return
        self._names = names
        while self._registered:
            self._registered.pop()()
        if not names:
            return
        for phrase in PHRASES:
            for name in (None, *names.values()):
                said = None if name is None else spoken(name).casefold()
                if said not in _NO_NAMES and (sentences := filled(phrase, said)):
                    self._register(sentences, partial(self._answer, phrase, name))
        self._register([*WAITING], self._waiting)

    def _register(self, sentences: list[str], answer: Callable[..., Any]) -> None:
        # Needs packages that only a Home Assistant with the assistant has.
        from homeassistant.components.conversation.agent_manager import (  # noqa: PLC0415
            get_agent_manager,
        )

        manager = get_agent_manager(self._hass)
        self._registered.append(manager.register_trigger(sentences, answer))

    async def _answer(
        self, phrase: Phrase, name: str | None, said: ConversationInput, _: object
    ) -> str:
        """Answer for the printer that is meant; what is refused is the answer too."""
        try:
            printers = await async_readable(self._hass, ASSISTANT, said.context)
            entry = async_meant(self._hass, printers, name)
            question = answers.Question(
                self._hass, entry, said.text.casefold(), said.context, self._asked
            )
            return await phrase.answer(question)
        except HomeAssistantError as err:
            return str(err)

    async def _waiting(self, said: ConversationInput, _: object) -> str:
        try:
            printers = await async_readable(self._hass, ASSISTANT, said.context)
            return await answers.waiting(self._hass, printers)
        except HomeAssistantError as err:
            return str(err)


@callback
def async_offer_sentences(hass: HomeAssistant) -> None:
    """Offer the sentences as soon as the default assistant is there."""

    async def start(hass: HomeAssistant, _component: str) -> None:
        sentences = Sentences(hass)

        @callback
        def changed(_: ConfigEntryChange, entry: ConfigEntry) -> None:
            if entry.domain == DOMAIN:
                sentences.refresh()

        @callback
        def renamed(event: Event[dr.EventDeviceRegistryUpdatedData]) -> None:
            sentences.refresh()

        async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)
        hass.bus.async_listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, renamed)
        async_listen_entity_updates(hass, ASSISTANT, sentences.refresh)
        sentences.refresh()

    async_when_setup(hass, ASSISTANT, start)
