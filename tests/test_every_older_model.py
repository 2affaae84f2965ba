"""Each older model takes a file in both forms of an upload, and prints it."""

from dataclasses import replace
from pathlib import Path

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from simulator import Printer, StoredFile, write_sliced

from .support.lookups import call, device_of
from .support.timing import Time
from .test_line_printers import MODELS

FORMS = {"Control Success.": True, "Control Success V2.1.": False}
"""What a printer says to a login, and whether it takes files in frames then."""

SIZE = 40_000
"""Bytes of a file: ten frames, the last of them not full."""


@pytest.fixture
def gcode(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return a sliced file that Home Assistant may read."""
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    path = tmp_path / "box.gcode"
    write_sliced(path, StoredFile(path.name, print_seconds=7200, layers=80), size=SIZE)
    return path


@pytest.mark.parametrize("model", MODELS)
async def test_upload_and_print_in_both_forms(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    time: Time,
    gcode: Path,
) -> None:
    entry.add_to_hass(hass)
    # Some are silent at first, before a login.
    await time.passes_until(hass.config_entries.async_setup(entry.entry_id))

    for form, framed in FORMS.items():
        printer.quirks = replace(printer.quirks, line_control=form)
        assert printer.quirks.framed_uploads is framed
        data = {"path": str(gcode), "name": f"box {framed}.gcode", "print_now": True}
        device = {"device_id": device_of(hass, printer)}
        order = hass.services.async_call(
            DOMAIN, "upload_file", {**device, **data}, blocking=True
        )
        await time.passes_until(order, 120)

        file = printer.files[0]
        assert file.size == SIZE
        job = printer.machine.running_job
        assert job is not None
        assert job.file == file
        assert not printer.controlled
        printer.machine.finish_warm_up()
        printer.machine.finish_job()
        await time.passes(30, 5)
        await time.passes_until(call(hass, "button", "press", printer, "clear_plate"))
