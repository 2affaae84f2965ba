"""The file for bug reports: everything about the printer, nothing about its owner."""

import json
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.api.http import transport
from custom_components.flashforge.redaction import shape
from simulator import Fault, Printer, StoredFile

from .conftest import MakePrinter, SetUp, make_entry

FILE = "Birthday present for Quincy.3mf"
PRIVATE = [
    "Quincy",
    "SNMOCKSECRET99",
    "MOCKSECRET99",
    "00498123",
    "127.0.0.71",
    "88:A9:A7:12:34:56",
    "88-A9-A7-12-34-56",
    "88A9A7123456",
    "cloud-code-1",
    "cloud-code-2",
    "Basement",
    "Birthday",
]


@pytest.fixture
async def printer(
    make_printer: MakePrinter, monkeypatch: pytest.MonkeyPatch
) -> Printer:
    monkeypatch.setattr(transport, "REFUSED_PAUSE", 0)
    printer = await make_printer(
        "ad5x",
        host="127.0.0.71",
        serial="SNMOCKSECRET99",
        check_code="00498123",
        name="Quincy's printer",
        mac="88:A9:A7:12:34:56",
        files=[StoredFile(name=FILE)],
    )
    printer.machine.start_job(FILE)
    printer.overrides |= {
        "flashRegisterCode": "cloud-code-1",
        "polarRegisterCode": "cloud-code-2",
        "location": "Basement",
        "printProgress": "a third",
        "futureField": {"Quincy's printer": 1, "host": "127.0.0.71"},
    }
    return printer


async def download(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, entry: MockConfigEntry
) -> dict[str, Any]:
    """Download the file, as a person does."""
    assert await async_setup_component(hass, "diagnostics", {})
    facts: dict[str, Any] = await get_diagnostics_for_config_entry(
        hass, hass_client, entry
    )
    return facts


def leaks(facts: dict[str, Any]) -> list[str]:
    """Return the private data that the file holds."""
    written = json.dumps(facts, ensure_ascii=False).casefold()
    return [value for value in PRIVATE if value.casefold() in written]


async def test_tells_the_printer_and_not_its_owner(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    printer: Printer,
    set_up: SetUp,
) -> None:
    entry = make_entry(printer, light="yes", camera_entity="camera.quincys_basement")
    await set_up(entry)

    facts = await download(hass, hass_client, entry)

    assert leaks(facts) == []
    assert facts["entry"] == {
        "source": "user",
        "state": "loaded",
        "data": {
            "host": "**REDACTED**",
            "port": printer.http_port,
            "serial_number": "**REDACTED**",
            "check_code": "**REDACTED**",
            "product_id": 38,
            "mac": "**REDACTED**",
            "facts": {
                "firmware": printer.firmware,
                "ignores_start": None,
                "starts_files": None,
                "model": None,
                "product": {
                    "nozzle": True,
                    "bed": True,
                    "chamber": False,
                    "light": False,
                    "internal_fan": False,
                    "external_fan": False,
                },
                "slots": 4,
                "tools": 1,
            },
        },
        "options": {"light": "yes", "camera_entity": "**REDACTED**"},
    }
    assert facts["firmware"] == printer.firmware
    assert facts["model"]["name"] == "AD5X"
    assert facts["model"]["product_id"] == 38
    assert facts["model"]["protocol"] == "http"
    assert "STATION" in facts["model"]["features"]
    assert facts["connection"] == {
        "online": True,
        "problem": None,
        "misses": 0,
        "interval": 5.0,
        "command_waiting": False,
        "command_wished": None,
        "product": {
            "nozzle": True,
            "bed": True,
            "chamber": False,
            "light": False,
            "internal_fan": False,
            "external_fan": False,
        },
    }


async def test_tells_what_was_not_understood(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    printer: Printer,
    set_up: SetUp,
) -> None:
    entry = make_entry(printer)
    await set_up(entry)

    facts = await download(hass, hass_client, entry)

    assert facts["unread"] == ["printProgress"]
    assert facts["unknown_fields"] == ["futureField"]
    assert facts["state"]["status"] == "heating"
    assert facts["state"]["identity"]["name"] == "**REDACTED**"
    assert facts["state"]["job"]["file"] == "**REDACTED**"
    assert facts["state"]["station"]["slots"][0]["number"] == 1
    detail = facts["answers"]["/detail"]["detail"]
    assert detail["printProgress"] == "string"
    assert detail["hasMatlStation"] == "boolean"
    assert detail["rightTemp"] == "number"
    assert detail["printLayer"] == "integer"
    assert detail["futureField"] == {"**REDACTED**": "integer", "host": "string"}
    assert facts["answers"]["/product"]["product"]["lightCtrlState"] == "integer"


async def test_hides_private_values_wherever_they_stand(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    printer: Printer,
    set_up: SetUp,
) -> None:
    printer.overrides |= {
        "status": f"asleep in Quincy's printer after {FILE}",
        "nozzleModel": "http://10.0.0.9/nozzle",
        "rightFilamentType": "88-a9-a7-12-34-56",
    }
    entry = make_entry(printer)
    await set_up(entry)

    facts = await download(hass, hass_client, entry)

    assert leaks(facts) == []
    assert facts["state"]["raw_status"] == ("asleep in **REDACTED** after **REDACTED**")
    assert facts["state"]["nozzle_size"] == "**REDACTED**"


async def test_a_name_that_is_the_model_tells_nothing(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    printer: Printer,
    set_up: SetUp,
) -> None:
    printer.name = "AD5X"
    entry = make_entry(printer)
    await set_up(entry)

    facts = await download(hass, hass_client, entry)

    assert facts["model"]["name"] == "AD5X"


async def test_tells_why_the_printer_is_offline(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    printer: Printer,
    set_up: SetUp,
) -> None:
    entry = make_entry(printer)
    await set_up(entry)
    await printer.power_off()
    await entry.runtime_data.async_refresh()

    facts = await download(hass, hass_client, entry)

    assert facts["connection"]["online"] is False
    assert facts["connection"]["problem"] == {
        "key": "unreachable",
        "type": "UnreachableError",
    }
    assert facts["connection"]["misses"] == 1


@pytest.mark.parametrize(
    ("fault", "problem", "answers"),
    [
        (Fault.REFUSE, {"key": "unreachable", "type": "UnreachableError"}, {}),
        (Fault.GARBAGE, {"key": "unreadable", "type": "UnreadableError"}, {}),
        (
            Fault.LAN_MODE_OFF,
            {
                "key": "lan_mode_off",
                "type": "LanModeError",
                "code": "-2",
                "reason": "Lan mode error",
            },
            {"/detail": {"code": "integer", "message": "string"}},
        ),
    ],
)
async def test_printer_that_cannot_be_set_up_is_asked_for_the_file(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    printer: Printer,
    set_up: SetUp,
    fault: Fault,
    problem: dict[str, str],
    answers: dict[str, object],
) -> None:
    entry = make_entry(printer)
    await set_up(entry)
    await hass.config_entries.async_unload(entry.entry_id)
    assert entry.state is ConfigEntryState.NOT_LOADED
    printer.faults.add(fault)

    facts = await download(hass, hass_client, entry)

    assert leaks(facts) == []
    assert facts["entry"]["state"] == "not_loaded"
    assert facts["connection"] == {"problem": problem}
    assert facts["answers"] == answers


async def test_printer_that_is_not_loaded_may_answer(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    printer: Printer,
    set_up: SetUp,
) -> None:
    entry = make_entry(printer)
    await set_up(entry)
    await hass.config_entries.async_unload(entry.entry_id)

    facts = await download(hass, hass_client, entry)

    assert leaks(facts) == []
    assert facts["connection"] == {"problem": None}
    assert facts["firmware"] == printer.firmware
    assert facts["state"]["status"] == "heating"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (None, "null"),
        (True, "boolean"),
        (1, "integer"),
        (1.0, "number"),
        ("Quincy", "string"),
        ([], []),
        (
            [1, 2, "Quincy", {"a": None}, {"a": None}],
            ["integer", "string", {"a": "null"}],
        ),
        ({"a": {"b": [True]}}, {"a": {"b": ["boolean"]}}),
    ],
)
def test_shape_holds_no_value(told: object, shown: object) -> None:
    assert shape(told) == shown
