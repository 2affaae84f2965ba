"""A Home Assistant that is started and stopped, over and over, with the same disk."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from copy import deepcopy
from typing import Any

from homeassistant import bootstrap, loader
from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE
from homeassistant.core import (
    CoreState,
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_test_home_assistant,
)

from custom_components.flashforge.const import DOMAIN

type Automations = Callable[[HomeAssistant], list[dict[str, Any]]]


class Home:
    """One Home Assistant after the other; all that they share is the storage.

    Each loads registries, entries and restored states from there, as ``bootstrap`` does.
    ``happened`` are the entity, the type and the job of each event of a print, as all of
    them wrote them to the state machine; ``fired`` is what the automations sent.
    """

    def __init__(
        self, storage: dict[str, Any], config_dir: str, automations: Automations
    ) -> None:
        self._storage = storage
        self._config_dir = config_dir
        self._automations = automations
        self._open = AsyncExitStack()
        self.hass: HomeAssistant
        self.starts = 0
        self.happened: list[tuple[str, str, str]] = []
        self.fired: list[dict[str, Any]] = []

    async def start(self, *new: MockConfigEntry) -> None:
        """Start from what is stored, with new entries the first time."""
        loop = asyncio.get_running_loop()
        self.hass = hass = await self._open.enter_async_context(
            async_test_home_assistant(
                loop,
                load_registries=False,
                config_dir=self._config_dir,
                initial_state=CoreState.not_running,
            )
        )
        # The harness hides the custom integrations from each new one.
        hass.data.pop(loader.DATA_CUSTOM_COMPONENTS)
        self.starts += 1
        assert await bootstrap.async_load_base_functionality(hass)
        for entry in new:
            entry.add_to_hass(hass)
        hass.bus.async_listen(EVENT_STATE_CHANGED, self._note)
        hass.bus.async_listen("fired", self._note_fired)
        assert await async_setup_component(hass, DOMAIN, {})
        assert await async_setup_component(
            hass, "automation", {"automation": self._automations(hass)}
        )
        await hass.async_start()
        await hass.async_block_till_done()

    async def stop(self) -> None:
        """Stop as a person does: what is waiting is written."""
        # The entries are part of the disk; only real ones save themselves when added.
        await self.hass.config_entries._store.async_save(  # noqa: SLF001
            self.hass.config_entries._data_to_save()  # noqa: SLF001
        )
        await self.hass.async_stop(force=True)
        disk = deepcopy(self._storage)
        # The end of the process, which ends what is left without writing anything.
        for entry in self.hass.config_entries.async_entries(DOMAIN):
            await self.hass.config_entries.async_unload(entry.entry_id)
        await self.hass.async_block_till_done()
        await self._open.aclose()
        self._put_back(disk)

    async def crash(self) -> None:
        """End as in a loss of power: what was waiting is lost."""
        disk = deepcopy(self._storage)
        await self.stop()
        entries = self._storage["core.config_entries"]
        self._put_back(disk | {"core.config_entries": entries})

    def _put_back(self, disk: dict[str, Any]) -> None:
        self._storage.clear()
        self._storage.update(disk)

    @callback
    def _note(self, event: Event[EventStateChangedData]) -> None:
        new, old = event.data["new_state"], event.data["old_state"]
        if new is None or new.domain != "event":
            return
        # The state of an entity that was just restored is no event.
        if old is None or old.state == STATE_UNAVAILABLE or _event(old) == _event(new):
            return
        self.happened.append((new.entity_id, _event(new)[1], new.attributes["job_id"]))

    @callback
    def _note_fired(self, event: Event[dict[str, Any]]) -> None:
        self.fired.append(dict(event.data))


def _event(state: State) -> tuple[str, str]:
    return state.state, state.attributes["event_type"]
