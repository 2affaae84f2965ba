"""The actions, as a person calls them."""

from collections.abc import Mapping
from functools import partial
import json
from pathlib import Path
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.selector import validate_selector
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util.yaml import load_yaml_dict
import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

import custom_components.flashforge
from custom_components.flashforge.actions import Action
from custom_components.flashforge.api.network import examination, moonraker
from custom_components.flashforge.api.network.discovery import probe
from custom_components.flashforge.api.network.doctor import Step
from custom_components.flashforge.api.network.verdicts import VERDICTS, Verdict
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.services import ACTIONS
from simulator import Fault, Printer

from ..conftest import MakePrinter, PassTime
from ..support.lookups import device_of, state_of
from ..support.place import free_port


@pytest.fixture
async def printer(
    make_printer: MakePrinter, monkeypatch: pytest.MonkeyPatch
) -> Printer:
    port = free_port()
    monkeypatch.setattr(examination, "probe", partial(probe, port=port, timeout=1.0))
    monkeypatch.setattr(moonraker, "PORT", free_port())
    return await make_printer(
        "creator5_pro",
        host="127.0.0.91",
        serial="SNMOCKSECRET91",
        check_code="00498123",
        discovery_port=port,
    )


async def diagnose(hass: HomeAssistant, device_id: str) -> dict[str, Any]:
    """Call the action."""
    response = await hass.services.async_call(
        DOMAIN,
        "diagnose",
        {"device_id": device_id},
        blocking=True,
        return_response=True,
    )
    assert response is not None
    # What is answered has to survive the way to the browser.
    told: dict[str, Any] = json.loads(json.dumps(response))
    return told


def line_of(response: Mapping[str, Any], step: str) -> dict[str, Any]:
    """Return what the action says of one step."""
    return next(line for line in response["steps"] if line["step"] == step)


async def test_action_is_there_before_any_printer(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    await hass.config_entries.async_unload(loaded.entry_id)
    assert hass.services.has_service(DOMAIN, "diagnose")


async def test_healthy_printer_is_examined(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    response = await diagnose(hass, device_of(hass, printer))

    assert response["verdict"] == "ok"
    assert response["problem"] is None
    assert [line["step"] for line in response["steps"]] == list(Step)
    assert {line["verdict"] for line in response["steps"]} == {"ok"}
    assert {line["next_step"] for line in response["steps"]} == {None}
    assert line_of(response, "model") == {
        "step": "model",
        "verdict": "ok",
        "finding": "model_known",
        "text": f"Model Creator 5 Pro, firmware {printer.firmware}.",
        "next_step": None,
    }


@pytest.mark.parametrize(
    ("fault", "step", "finding", "text"),
    [
        (Fault.LAN_MODE_OFF, "lan_mode", "lan_mode_off", "LAN mode is off."),
        (
            Fault.WRONG_CODE,
            "check_code",
            "check_code_refused",
            "The printer does not accept the check code.",
        ),
        (
            Fault.WRONG_SERIAL,
            "identity",
            "serial_refused",
            "The printer reports another serial number.",
        ),
        (
            Fault.HTML,
            "answer",
            "answer_unreadable",
            "The answer of the printer cannot be read.",
        ),
        (
            Fault.REFUSE,
            "port",
            "port_closed",
            "The printer is reachable, but its local interface is closed.",
        ),
    ],
)
async def test_what_is_wrong_is_said_with_what_to_do(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    fault: Fault,
    step: str,
    finding: str,
    text: str,
) -> None:
    printer.faults.add(fault)

    response = await diagnose(hass, device_of(hass, printer))

    line = line_of(response, step)
    assert (response["verdict"], response["problem"]) == ("failed", line)
    assert (line["verdict"], line["finding"], line["text"]) == ("failed", finding, text)
    assert line["next_step"]
    written = json.dumps(response)
    assert "SECRET91" not in written
    assert printer.check_code not in written


async def test_printer_that_cannot_be_loaded_is_examined(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    device = device_of(hass, printer)
    await hass.config_entries.async_unload(loaded.entry_id)
    assert loaded.state is ConfigEntryState.NOT_LOADED
    printer.faults.add(Fault.LAN_MODE_OFF)

    response = await diagnose(hass, device)

    assert response["problem"]["finding"] == "lan_mode_off"


async def test_what_the_doctor_saw_counts_at_once(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    printer.faults.add(Fault.REFUSE)
    await pass_time(16)
    assert state_of(hass, "sensor", printer, "status").state == "offline"
    printer.faults.clear()

    response = await diagnose(hass, device_of(hass, printer))
    await hass.async_block_till_done(wait_background_tasks=True)

    assert response["verdict"] == "ok"
    assert state_of(hass, "sensor", printer, "status").state == "idle"


async def test_device_of_somebody_else_is_refused(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    other = MockConfigEntry(domain="other")
    other.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=other.entry_id, identifiers={("other", "1")}
    )
    with pytest.raises(ServiceValidationError) as refused:
        await diagnose(hass, device.id)

    assert refused.value.translation_domain == DOMAIN
    assert refused.value.translation_key == "no_such_printer"
    assert refused.value.translation_placeholders == {"device_id": device.id}
    texts = await async_get_translations(hass, "en", "exceptions", [DOMAIN])
    assert texts["component.flashforge.exceptions.no_such_printer.message"]


async def test_every_finding_has_its_text_and_its_next_step(
    hass: HomeAssistant,
) -> None:
    texts = await async_get_translations(hass, "en", "selector", [DOMAIN])
    start = f"component.{DOMAIN}.selector."

    def told(kind: str) -> set[str]:
        prefix = f"{start}{kind}.options."
        return {key.removeprefix(prefix) for key in texts if key.startswith(prefix)}

    in_order = {Verdict.OK, Verdict.SKIPPED}
    assert told("finding") == set(VERDICTS)
    assert told("next_step") == {
        key for key, verdict in VERDICTS.items() if verdict not in in_order
    }


async def test_sentences_are_in_the_language_of_the_system(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    # There is no such translation, so that English is what everybody reads.
    hass.config.language = "xx"
    response = await diagnose(hass, device_of(hass, printer))
    assert line_of(response, "port")["text"] == "The printer's local interface is open."


FORMS = Path(custom_components.flashforge.__file__).parent / "services.yaml"


def _fields(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form asks for, also in the sections that fold."""
    found: dict[str, Any] = {}
    for name, field in form.items():
        found |= _fields(field["fields"]) if "fields" in field else {name: field}
    return found


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_the_form_of_an_action_asks_for_what_it_takes(action: Action) -> None:
    described = load_yaml_dict(str(FORMS))[action.name]
    assert described["target"] == {"entity": {"integration": DOMAIN}}
    form = _fields(described.get("fields", {}))
    taken = action.fields or {}
    assert {field.schema for field in taken} == set(form)
    for field in taken:
        asked = form[field.schema]
        validate_selector(asked["selector"])
        assert isinstance(field, probatio.Required) is asked.get("required", False)
        default = field.default() if callable(field.default) else None
        # No slots are what an empty field means.
        assert (None if default == {} else default) == asked.get("default")
