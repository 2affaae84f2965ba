"""The log when all is well: it is empty."""

import logging
from pathlib import Path

from homeassistant.components.camera import async_get_image
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.const import DOMAIN
from simulator import Printer, StoredFile, Tool
from simulator.print_files.slicing import write_sliced

from .conftest import HTTP_MODELS
from .support.lookups import call, device_of, entity_id, has_entity, state_of
from .support.timing import Time

OURS = "custom_components.flashforge"


def heard(records: list[logging.LogRecord]) -> list[str]:
    """Return our lines in the log, without debug lines.

    That every custom integration is named once as such is Home Assistant's own.
    """
    return [
        f"{each.levelname} {each.name}: {each.getMessage()}"
        for each in records
        if (each.name.startswith(OURS) and each.levelno > logging.DEBUG)
        or (
            each.levelno >= logging.WARNING
            and each.name.startswith("homeassistant.")
            and each.name != "homeassistant.loader"
            and DOMAIN in each.getMessage()
        )
    ]


@pytest.fixture
def sliced(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return a sliced file where Home Assistant may read it."""
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    path = tmp_path / "keyring.3mf"
    file = StoredFile(
        path.name, print_seconds=1200, layers=80, tools=(Tool("PLA", "#FFFFFF", 6.0),)
    )
    write_sliced(path, file, size=400_000)
    return path


class Person:
    """A person who uses everything that a printer has."""

    def __init__(self, hass: HomeAssistant, printer: Printer, time: Time) -> None:
        self._hass = hass
        self._printer = printer
        self._time = time

    async def does(self, platform: str, service: str, key: str, **data: object) -> None:
        """Use an entity if it exists and is enabled."""
        if not has_entity(self._hass, platform, self._printer, key):
            return
        await self._time.passes_until(
            call(self._hass, platform, service, self._printer, key, **data), 120
        )

    async def asks(self, action: str, **data: object) -> object:
        """Call an action."""
        return await self._time.passes_until(
            self._hass.services.async_call(
                DOMAIN,
                action,
                {"device_id": device_of(self._hass, self._printer), **data},
                blocking=True,
                return_response=self._hass.services.supports_response(
                    DOMAIN, action
                ).value
                != "none",
            ),
            120,
        )


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_the_life_of_a_printer_writes_nothing(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    printer: Printer,
    loaded: MockConfigEntry,
    sliced: Path,
    time: Time,
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert await async_setup_component(hass, "diagnostics", {})
    person = Person(hass, printer, time)
    for slot in printer.machine.slots:
        slot.material, slot.color, slot.has_filament = "PLA", "#FFFFFF", True
    await time.passes(40)
    await person.does("light", "turn_on", "light")
    await person.does("light", "turn_off", "light")
    await person.does("number", "set_value", "bed_target", value=50)
    await person.asks("list_files")
    await person.asks("get_thumbnail", file_name=printer.files[0].name)
    await person.asks("upload_file", path=str(sliced), name="later.3mf")
    await person.asks(
        "upload_file",
        path=str(sliced),
        print_now=True,
        leveling=False,
        materials="none",
    )
    printer.machine.finish_warm_up()
    await time.passes(30)
    assert state_of(hass, "sensor", printer, "status").state == "printing"
    await person.does("fan", "set_percentage", "part_fan", percentage=60)
    await person.does("button", "press", "pause")
    await person.does("button", "press", "resume")
    if has_entity(hass, "camera", printer, "camera"):
        await time.passes_until(
            async_get_image(hass, entity_id(hass, "camera", printer, "camera"))
        )
    printer.machine.finish_job()
    await time.passes(30)
    await person.does("button", "press", "clear_plate")
    await get_diagnostics_for_config_entry(hass, hass_client, loaded)
    await hass.config_entries.async_reload(loaded.entry_id)
    await time.passes(20)
    assert state_of(hass, "sensor", printer, "status").state != "offline"
    await hass.config_entries.async_unload(loaded.entry_id)

    assert heard(caplog.records) == []
