"""What happens when one thing comes in the middle of another."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from homeassistant.components.button import DOMAIN as BUTTON
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import CONF_FACTS, DOMAIN
from simulator import Fault, Printer, Tool

from ..actions.test_printing import RED, load, sliced
from ..support.lookups import call, device_of
from ..support.timing import Time

FILE = "FISH_PLA.3mf"

type Begin = Callable[..., asyncio.Future[Any]]


@pytest.fixture
def begin(hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer) -> Begin:
    """Return what begins an action and does not wait for it."""

    def run(name: str, /, **data: Any) -> asyncio.Future[Any]:
        return asyncio.ensure_future(
            hass.services.async_call(
                DOMAIN,
                name,
                {"device_id": device_of(hass, printer), **data},
                blocking=True,
            )
        )

    return run


@pytest.fixture
def slow(printer: Printer) -> Printer:
    """Return a printer that takes a start and shows nothing of it."""
    printer.quirks = replace(printer.quirks, starts_stored_files=False)
    load(printer, "PLA", "PLA", "PLA", "PLA")
    return printer


@pytest.fixture
def file(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return a large file that Home Assistant may read."""
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    return sliced(tmp_path, tools=(Tool("PLA", RED, 6.0),), megabytes=30)


async def key_of(time: Time, action: Awaitable[Any]) -> str | None:
    """Return the translation key of the error with which an action ends."""
    with pytest.raises(HomeAssistantError) as raised:
        await time.passes_until(action)
    assert raised.value.translation_domain == DOMAIN
    return raised.value.translation_key


# --- the entry goes -----------------------------------------------------------------


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_a_reload_during_a_start_teaches_nothing_about_the_firmware(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    slow: Printer,
    begin: Begin,
    time: Time,
) -> None:
    start = begin("print_file", file_name=slow.files[2].name)
    await time.passes(3)
    assert slow.count("/printGcode") == 1
    await hass.config_entries.async_reload(loaded.entry_id)
    assert await key_of(time, start) == "abandoned"
    assert loaded.data[CONF_FACTS]["ignores_start"] is None


async def test_an_entry_can_be_removed_during_a_start(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    slow: Printer,
    begin: Begin,
    time: Time,
) -> None:
    start = begin("print_file", file_name=FILE)
    await time.passes(3)
    await hass.config_entries.async_remove(loaded.entry_id)
    assert await key_of(time, start) == "abandoned"


async def test_a_command_that_is_on_its_way_when_the_entry_goes(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    slow: Printer,
    begin: Begin,
    time: Time,
) -> None:
    slow.faults.add(Fault.HANG, path="/printGcode")
    start = begin("print_file", file_name=FILE)
    await time.settle()
    await hass.config_entries.async_unload(loaded.entry_id)
    assert await key_of(time, start) == "abandoned"


async def test_no_upload_begins_after_the_entry_has_gone(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    begin: Begin,
    file: Path,
    time: Time,
) -> None:
    # The look at the printer before the upload takes long enough to be overtaken.
    printer.faults.add(Fault.DELAY, path="/detail")
    upload = begin("upload_file", path=str(file))
    await time.settle()
    await hass.config_entries.async_unload(loaded.entry_id)
    printer.faults.clear()
    assert await key_of(time, upload) == "upload_canceled"
    assert printer.count("/uploadGcode") == 0


async def test_an_upload_can_be_canceled_before_its_first_byte(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    begin: Begin,
    file: Path,
    time: Time,
) -> None:
    coordinator, shown = loaded.runtime_data, asyncio.Event()
    coordinator.async_add_listener(shown.set)
    upload = begin("upload_file", path=str(file))
    while coordinator.uploads.current is None:
        # Others are told as well, such as what the probe for a camera found.
        await shown.wait()
        shown.clear()
    # The file is still being opened.
    await call(hass, BUTTON, "press", printer, "cancel_upload")
    assert await key_of(time, upload) == "upload_canceled"
    assert printer.count("/uploadGcode") == 0


# --- two at once --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("print_file", {"file_name": "single_direct.gcode"}, "not_ready"),
        ("load_filament", {"slot": 1}, "station_busy"),
        ("home", {}, "not_idle"),
        ("move", {"x": 5}, "not_idle"),
        ("extrude", {"distance": 5}, "not_idle"),
        ("calibrate", {}, "not_idle"),
    ],
)
async def test_nothing_else_begins_while_a_start_is_not_shown_yet(
    slow: Printer, begin: Begin, time: Time, name: str, data: dict[str, Any], key: str
) -> None:
    start = begin("print_file", file_name=FILE)
    await time.passes(3)
    assert slow.count("/printGcode") == 1
    sent = len(slow.commands)
    assert await key_of(time, begin(name, **data)) == key
    assert slow.count("/printGcode") == 1
    assert len(slow.commands) == sent
    assert await key_of(time, start) == "start_ignored"


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("load_filament", {"slot": 2}, "station_busy"),
        ("print_file", {"file_name": FILE}, "not_ready"),
    ],
)
async def test_nothing_else_begins_while_filament_is_about_to_move(
    printer: Printer,
    begin: Begin,
    time: Time,
    name: str,
    data: dict[str, Any],
    key: str,
) -> None:
    load(printer, "PLA", "PLA", "PLA", "PLA")
    printer.faults.add(Fault.IGNORE_COMMANDS)
    loading = begin("load_filament", slot=1)
    await time.passes(2)
    sent = len(printer.commands)
    assert await key_of(time, begin(name, **data)) == key
    assert len(printer.commands) == sent
    assert printer.count("/printGcode") == 0
    assert await key_of(time, loading) == "not_confirmed"


async def test_moves_follow_each_other(
    printer: Printer, begin: Begin, time: Time
) -> None:
    both = asyncio.gather(begin("move", x=5), begin("move", x=5))
    await time.passes_until(both)
    assert [name for name, _ in printer.commands] == ["moveCtrl_cmd"] * 2


async def test_a_start_that_shows_nothing_is_no_trait_of_a_model_that_starts_files(
    slow: Printer, begin: Begin, time: Time
) -> None:
    assert await key_of(time, begin("print_file", file_name=FILE)) == "start_ignored"
    slow.quirks = replace(slow.quirks, starts_stored_files=True)
    await time.passes_until(begin("print_file", file_name=FILE))
    assert slow.machine.running_job is not None
