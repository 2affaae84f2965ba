"""Labeling spools, loading and unloading them, through Home Assistant."""

from dataclasses import replace
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr
import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from simulator import Fault, Printer

from ..conftest import PassTime
from ..support.jobs import start_printing
from ..support.lookups import call, call_while, has_entity, state_of

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default", "loaded")

type Response = dict[str, Any]


async def act(
    hass: HomeAssistant, printer: Printer, action: str, **data: object
) -> Response:
    """Call an action on a printer and return what it responds."""
    [entry] = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.unique_id == printer.serial
    ]
    device = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, printer.serial), entry.entry_id
    )
    assert device is not None
    response = await hass.services.async_call(
        DOMAIN,
        action,
        {"device_id": device.id, **data},
        blocking=True,
        return_response=action != "cancel_filament",
    )
    return response or {}


async def refused(
    hass: HomeAssistant, printer: Printer, action: str, **data: object
) -> ServiceValidationError:
    """Call an action that is refused, and see that the printer was not asked."""
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, printer, action, **data)
    assert caught.value.translation_domain == DOMAIN
    assert printer.commands == []
    return caught.value


def loading(printer: Printer) -> int | None:
    """Return which spool the printer loads or unloads."""
    feed = printer.machine.feed
    return feed.spool.number if feed else None


# --- labels -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "blue"), [("ad5x", "#2750E0"), ("creator5", "#2E54DD")]
)
async def test_selecting_material_and_color_keeps_the_other(
    hass: HomeAssistant, printer: Printer, blue: str
) -> None:
    slot = printer.machine.slots[1]
    before = slot.color
    material = state_of(hass, "select", printer, "slot_2_material")
    assert material.state == "PLA"
    assert "PA-CF" in material.attributes["options"]

    await call(
        hass, "select", "select_option", printer, "slot_2_material", option="PETG"
    )
    assert (slot.material, slot.color) == ("PETG", before)

    await call(
        hass, "select", "select_option", printer, "slot_2_color", option="dark_blue"
    )
    assert (slot.material, slot.color) == ("PETG", blue)
    assert state_of(hass, "select", printer, "slot_2_material").state == "PETG"
    assert state_of(hass, "select", printer, "slot_2_color").state == "dark_blue"


async def test_choosing_what_is_there_sends_nothing(
    hass: HomeAssistant, printer: Printer
) -> None:
    await call(
        hass, "select", "select_option", printer, "slot_1_material", option="PLA"
    )

    assert printer.commands == []


async def test_what_others_wrote_is_shown_and_can_be_kept(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    slot = printer.machine.slots[0]
    slot.material, slot.color = "Unobtainium", "d02020"
    await pass_time(16)

    material = state_of(hass, "select", printer, "slot_1_material")
    assert material.state == "Unobtainium"
    assert material.attributes["options"][-1] == "Unobtainium"
    assert state_of(hass, "select", printer, "slot_1_color").state == "red"

    await call(hass, "select", "select_option", printer, "slot_1_color", option="tan")

    assert (slot.material, slot.color) == ("Unobtainium", "#D3C4A3")


async def test_an_unknown_color_becomes_white_and_an_unknown_material_is_asked_for(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    slot = printer.machine.slots[0]
    slot.material, slot.color = "?", ""
    await pass_time(16)
    assert state_of(hass, "select", printer, "slot_1_material").state == "unknown"
    assert state_of(hass, "select", printer, "slot_1_color").state == "unknown"

    with pytest.raises(ServiceValidationError) as caught:
        await call(
            hass, "select", "select_option", printer, "slot_1_color", option="red"
        )
    assert caught.value.translation_key == "material_unknown"
    assert printer.commands == []

    await call(
        hass, "select", "select_option", printer, "slot_1_material", option="ABS"
    )

    assert (slot.material, slot.color) == ("ABS", "#FFFFFF")


@pytest.mark.parametrize(
    ("said", "expected", "name"),
    [
        ("red", "#F72224", "red"),
        ("Dark blue", "#2750E0", "dark_blue"),
        ("light grey", "#BCBCBC", "light_gray"),
        ("#F72224", "#F72224", "red"),
        ("f82d29", "#F72224", "red"),
        ([255, 0, 0], "#F72224", "red"),
        ((255, 0, 0), "#F72224", "red"),
        ("#0A0A0A", "#161616", "black"),
    ],
)
async def test_any_color_becomes_one_of_the_printers(
    hass: HomeAssistant, printer: Printer, said: object, expected: str, name: str
) -> None:
    response = await act(hass, printer, "set_slot", slot=1, color=said)

    assert response == {
        "slot": 1,
        "material": "PLA",
        "color": expected,
        "color_name": name,
    }
    assert printer.machine.slots[0].color == expected


@pytest.mark.parametrize("slot", [1.5, -1, 5, "one", None, float("nan")])
async def test_what_is_no_number_of_a_slot(
    hass: HomeAssistant, printer: Printer, slot: object
) -> None:
    with pytest.raises(probatio.Invalid):
        await act(hass, printer, "load_filament", slot=slot)
    assert printer.commands == []


@pytest.mark.parametrize(
    ("model", "said", "expected"),
    [
        ("ad5x", "petg", "PETG"),
        ("ad5x", " PETG-cf ", "PETG-CF"),
        ("ad5x", "PLA Silk", "PLA"),
        ("ad5x", "PLA+", "PLA"),
        ("creator5_pro", "tpu 95a", "TPU-95A"),
        ("creator5_pro", "s-multi", "S-Multi"),
    ],
)
async def test_a_material_is_spelled_as_on_the_screen(
    hass: HomeAssistant, printer: Printer, said: str, expected: str
) -> None:
    response = await act(hass, printer, "set_slot", slot=4, material=said)

    assert response["material"] == expected
    assert printer.machine.slots[3].material == expected


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"slot": 1, "material": "TPU-95A"}, "no_such_material"),
        ({"slot": 1, "material": "PLA-GF"}, "no_such_material"),
        ({"slot": 1, "material": " "}, "no_such_material"),
        ({"slot": 1, "color": "sunset"}, "no_such_color"),
        ({"slot": 1, "color": "#12345"}, "no_such_color"),
        ({"slot": 1}, "label_missing"),
    ],
)
async def test_what_a_label_cannot_be(
    hass: HomeAssistant, printer: Printer, data: dict[str, object], key: str
) -> None:
    err = await refused(hass, printer, "set_slot", **data)

    assert err.translation_key == key


async def test_the_direct_feed_is_labeled_as_slot_0(
    hass: HomeAssistant, printer: Printer
) -> None:
    response = await act(
        hass, printer, "set_slot", slot=0, material="TPU", color="black"
    )

    assert response["slot"] == 0
    spool = printer.machine.direct_feed
    assert (spool.material, spool.color) == ("TPU", "#161616")
    assert state_of(hass, "select", printer, "direct_feed_material").state == "TPU"

    await call(
        hass, "select", "select_option", printer, "direct_feed_color", option="red"
    )

    assert spool.color == "#F72224"


async def test_nothing_is_edited_while_the_station_works(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.load(1)
    await pass_time(16)

    assert state_of(hass, "select", printer, "slot_2_color").state != "unavailable"
    err = await refused(hass, printer, "set_slot", slot=2, color="red")
    assert err.translation_key == "station_busy"


async def test_a_station_that_began_to_print_since_the_last_poll_is_noticed(
    hass: HomeAssistant, printer: Printer
) -> None:
    start_printing(printer)

    err = await refused(hass, printer, "set_slot", slot=2, color="red")

    assert err.translation_key == "station_busy"


async def test_the_direct_feed_is_not_edited_in_a_print(
    hass: HomeAssistant, printer: Printer
) -> None:
    start_printing(printer)

    err = await refused(hass, printer, "set_slot", slot=0, material="PLA")

    assert err.translation_key == "station_busy"


async def test_an_empty_slot_is_not_edited(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.slots[2].has_filament = False
    await pass_time(16)

    err = await refused(hass, printer, "set_slot", slot=3, material="PLA")
    assert err.translation_key == "slot_empty"
    assert err.translation_placeholders == {"slot": "3"}


async def test_a_slot_that_the_printer_does_not_report(
    hass: HomeAssistant, printer: Printer
) -> None:
    printer.overrides["matlStationInfo"] = {"slotCnt": 4, "stateAction": 0}

    for action, data in (
        ("set_slot", {"material": "PLA"}),
        ("load_filament", {}),
        ("unload_filament", {}),
    ):
        err = await refused(hass, printer, action, slot=2, **data)
        assert err.translation_key == "slot_unknown"
        assert err.translation_placeholders == {"slot": "2"}


async def test_a_label_that_does_not_show_is_an_error(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.IGNORE_COMMANDS)

    with pytest.raises(HomeAssistantError) as caught:
        await call_while(
            act(hass, printer, "set_slot", slot=1, color="red"), pass_time, 10
        )

    assert caught.value.translation_key == "not_confirmed"


# --- loading and unloading --------------------------------------------------------


async def test_loading_and_unloading(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    response = await act(hass, printer, "load_filament", slot=3)

    assert response == {"slot": 3, "activity": "heating"}
    assert loading(printer) == 3
    assert state_of(hass, "sensor", printer, "station_activity").state == "heating"

    await pass_time(180)

    assert printer.machine.loaded_slot == 3
    assert state_of(hass, "sensor", printer, "active_slot").state == "3"
    assert state_of(hass, "sensor", printer, "station_activity").state == "idle"

    response = await act(hass, printer, "unload_filament")

    assert response["slot"] == loading(printer) == 3
    await pass_time(180)
    assert printer.machine.loaded_slot == 0
    assert printer.commands == [
        ("ms_cmd", {"action": 0, "slot": 3}),
        ("ms_cmd", {"action": 1, "slot": 3}),
    ]


async def test_the_buttons_of_a_slot(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    await call(hass, "button", "press", printer, "slot_2_load")
    assert loading(printer) == 2
    await pass_time(180)

    await call(hass, "button", "press", printer, "slot_2_unload")
    assert loading(printer) == 2


async def test_heating_for_filament_is_no_job(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    printer.quirks = replace(printer.quirks, feeding_word="heating")

    await act(hass, printer, "load_filament", slot=1)

    assert state_of(hass, "sensor", printer, "status").state == "heating"
    assert not loaded.runtime_data.data.has_job


async def test_a_paused_job_takes_new_filament(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    start_printing(printer)
    err = await refused(hass, printer, "load_filament", slot=2)
    assert err.translation_key == "station_busy"
    printer.machine.pause()
    await pass_time(16)
    err = await refused(hass, printer, "set_slot", slot=2, color="red")
    assert err.translation_key == "station_busy"

    await act(hass, printer, "load_filament", slot=2)

    assert loading(printer) == 2
    assert loaded.runtime_data.data.has_job


async def test_filament_that_does_not_come(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.slots[0].jammed = True
    await act(hass, printer, "load_filament", slot=1)
    await pass_time(200)

    assert state_of(hass, "sensor", printer, "error").state == "e0100"
    assert state_of(hass, "binary_sensor", printer, "problem").state == "on"
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, printer, "load_filament", slot=1)
    assert caught.value.translation_key == "error_active"
    assert caught.value.translation_placeholders == {"code": "E0100"}

    printer.machine.slots[0].jammed = False
    await call(hass, "button", "press", printer, "clear_error")
    await act(hass, printer, "load_filament", slot=1)
    await pass_time(200)

    assert printer.machine.loaded_slot == 1
    assert state_of(hass, "sensor", printer, "error").state == "none"


async def test_a_failure_at_once_is_the_answer(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.station_blocked = True

    with pytest.raises(HomeAssistantError) as caught:
        await act(hass, printer, "load_filament", slot=1)

    assert caught.value.translation_key == "feed_failed"
    assert caught.value.translation_placeholders == {"code": "E0114"}


async def test_an_old_error_is_not_the_answer(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.set_error("E0163")
    await pass_time(16)

    await act(hass, printer, "load_filament", slot=1)

    assert loading(printer) == 1


async def test_a_printer_that_does_not_begin(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.IGNORE_COMMANDS)

    with pytest.raises(HomeAssistantError) as caught:
        await call_while(act(hass, printer, "load_filament", slot=1), pass_time, 15)

    assert caught.value.translation_key == "not_confirmed"
    # What heats is never asked for twice.
    assert len(printer.commands) == 1


@pytest.mark.parametrize("action", ["load_filament", "unload_filament"])
async def test_only_a_slot_that_is_full_and_labeled_is_fed(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime, action: str
) -> None:
    empty, nameless, colorless, _ = printer.machine.slots
    empty.has_filament = False
    nameless.material = "?"
    colorless.color = ""
    await pass_time(16)

    expected = {1: "slot_empty", 2: "slot_unlabeled", 3: "slot_unlabeled"}
    for slot, key in expected.items():
        err = await refused(hass, printer, action, slot=slot)
        assert err.translation_key == key
        assert err.translation_placeholders == {"slot": str(slot)}
        button = f"slot_{slot}_{action.removesuffix('_filament')}"
        with pytest.raises(ServiceValidationError) as caught:
            await call(hass, "button", "press", printer, button)
        assert caught.value.translation_key == key


async def test_nothing_is_loaded(hass: HomeAssistant, printer: Printer) -> None:
    err = await refused(hass, printer, "unload_filament")

    assert err.translation_key == "nothing_loaded"


@pytest.mark.parametrize("slot", [0, 1])
async def test_a_printer_that_calibrates_moves_no_filament(
    hass: HomeAssistant, printer: Printer, slot: int
) -> None:
    printer.machine.station_connected = slot != 0
    printer.machine.calibrate()

    err = await refused(hass, printer, "load_filament", slot=slot)

    assert err.translation_key == "station_busy"


# --- giving it up -----------------------------------------------------------------


@pytest.mark.parametrize("data", [{}, {"slot": 4}])
async def test_canceling_while_it_heats(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime, data: dict[str, int]
) -> None:
    await act(hass, printer, "load_filament", slot=4)

    await act(hass, printer, "cancel_filament", **data)

    assert printer.commands[-1] == ("ms_cmd", {"action": 2, "slot": 4})
    assert state_of(hass, "sensor", printer, "station_activity").state == "canceling"
    await pass_time(10)
    assert loading(printer) is None
    assert printer.machine.loaded_slot == 0


async def test_the_cancel_button(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    button = "cancel_filament"
    # Begun at the screen, so that only the fresh state knows the slot.
    printer.machine.load(2)
    await pass_time(16)

    await call(hass, "button", "press", printer, button)

    assert printer.commands == [("ms_cmd", {"action": 2, "slot": 2})]


async def test_canceling_too_late(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.load(2)
    await pass_time(80)
    assert state_of(hass, "sensor", printer, "station_activity").state == "feeding"

    err = await refused(hass, printer, "cancel_filament")

    assert err.translation_key == "cannot_cancel_now"
    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, "button", "press", printer, "cancel_filament")
    assert caught.value.translation_key == "cannot_cancel_now"


async def test_canceling_what_does_not_happen(
    hass: HomeAssistant, printer: Printer
) -> None:
    err = await refused(hass, printer, "cancel_filament")
    assert err.translation_key == "nothing_to_cancel"

    printer.machine.load(2)
    err = await refused(hass, printer, "cancel_filament", slot=3)
    assert err.translation_key == "nothing_to_cancel"


# --- the direct feed, and other models --------------------------------------------


async def test_the_direct_feed_without_a_station(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.station_connected = False
    await pass_time(16)
    err = await refused(hass, printer, "load_filament", slot=0)
    assert err.translation_key == "direct_feed_unlabeled"
    err = await refused(hass, printer, "load_filament", slot=1)
    assert err.translation_key == "no_station"
    err = await refused(hass, printer, "set_slot", slot=1, material="PLA")
    assert err.translation_key == "no_station"
    err = await refused(hass, printer, "unload_filament", slot=0)
    assert err.translation_key == "nothing_loaded"

    await act(hass, printer, "set_slot", slot=0, material="PLA", color="white")
    await call(hass, "button", "press", printer, "direct_feed_load")
    assert loading(printer) == 0
    await act(hass, printer, "cancel_filament")
    await pass_time(20)
    response = await act(hass, printer, "load_filament", slot=0)
    assert response == {"slot": 0, "activity": "heating"}
    await pass_time(180)
    assert printer.machine.direct_feed.has_filament is True

    await act(hass, printer, "unload_filament")

    assert printer.commands[-1] == ("ipdMs_cmd", {"action": 1})
    await pass_time(180)
    assert printer.machine.direct_feed.has_filament is False


async def test_the_station_keeps_the_direct_feed_from_moving(
    hass: HomeAssistant, printer: Printer
) -> None:
    err = await refused(hass, printer, "load_filament", slot=0)

    assert err.translation_key == "station_connected"


@pytest.mark.parametrize("model", ["creator5", "creator5_pro"])
async def test_a_creator_is_labeled_only(hass: HomeAssistant, printer: Printer) -> None:
    assert has_entity(hass, "select", printer, "slot_4_color")
    for key in ("slot_1_load", "slot_1_unload", "direct_feed_load", "cancel_filament"):
        assert not has_entity(hass, "button", printer, key)
    assert not has_entity(hass, "select", printer, "direct_feed_color")
    for action, data in (
        ("load_filament", {"slot": 1}),
        ("unload_filament", {"slot": 1}),
        ("unload_filament", {}),
        ("cancel_filament", {}),
        ("set_slot", {"slot": 0, "material": "PLA"}),
    ):
        err = await refused(hass, printer, action, **data)
        assert err.translation_key == "unsupported"


@pytest.mark.parametrize("model", ["5m", "5m_pro"])
async def test_a_single_spool_has_no_slots(
    hass: HomeAssistant, printer: Printer
) -> None:
    assert not has_entity(hass, "select", printer, "slot_1_material")
    assert not has_entity(hass, "button", printer, "cancel_filament")
    for action, data in (
        ("set_slot", {"slot": 1, "material": "PLA", "color": "red"}),
        ("load_filament", {"slot": 1}),
    ):
        err = await refused(hass, printer, action, **data)
        assert err.translation_key == "unsupported"
