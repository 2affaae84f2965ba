"""What owners' printers answered: status words, codes, colors and texts of odd forms."""

import json
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.flashforge.api.http.reply import decode
from custom_components.flashforge.api.models.catalog import MODELS
from custom_components.flashforge.api.models.colors import read_color
from custom_components.flashforge.api.models.error_codes import error_key
from custom_components.flashforge.api.state import PrinterState, Status
from custom_components.flashforge.api.wire.detail import model_for, parse_detail
from custom_components.flashforge.api.wire.fields import LONGEST_TEXT, text

from ...support import FIXTURES

CASES = FIXTURES / "cases"


def case(name: str) -> PrinterState:
    """Return the state that a case describes."""
    return parse_detail(decode((CASES / name).read_bytes()).payload("detail"))


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("printing_first_layer", Status.PRINTING),
        ("Printing2", Status.PRINTING),
        ("printing (layer 3)", Status.PRINTING),
        ("pausing by person", Status.PAUSING),
        ("paused_filament", Status.PAUSED),
        ("pause_door", Status.PAUSED),
        ("heating_bed", Status.HEATING),
        ("preheating_chamber", Status.HEATING),
        ("cancelling_job", Status.CANCELING),
        ("canceled_by_user", Status.CANCELED),
        ("completed!", Status.COMPLETED),
        ("ready-to-print", Status.IDLE),
        ("busy.1", Status.BUSY),
        ("error_E0005", Status.ERROR),
        ("calibrate_doing_2", Status.CALIBRATING),
        ("downloading_file", Status.BUSY),
        # Nothing says that these are what they begin with.
        ("print_paused", None),
        ("busybox", None),
        ("donet", None),
        ("readyish", None),
        ("finishing", None),
        ("pausedbyuser", Status.PAUSED),
        ("warming", None),
    ],
)
def test_a_word_that_begins_like_a_known_one(word: str, status: Status | None) -> None:
    state = parse_detail({"status": word})
    assert state.status is status
    assert state.raw_status == (word if status is None else None)


def test_no_job_number_counts_under_a_word_like_downloading() -> None:
    state = parse_detail({"status": "downloading_again", "printProgress": 0.5})
    assert not state.numbers_trusted


@pytest.mark.parametrize(
    ("raw", "code", "key"),
    [
        ("E0004.1", "E0004.1", "e0004"),
        ("e0004_2", "E0004_2", "e0004"),
        ("The nozzle is clogged", "The nozzle is clogged", None),
        ("E12", "E12", None),
        ("E00041", "E00041", None),
        (-5, None, None),
        (4.1, "4.1", None),
        (0, None, None),
        ("OK", None, None),
        ("  ", None, None),
    ],
)
def test_a_problem_is_a_problem_in_any_form(
    raw: object, code: str | None, key: str | None
) -> None:
    state = parse_detail({"errorCode": raw})
    shown = state.error_code
    assert (shown.upper() if shown else None) == (code.upper() if code else None)
    assert state.has_error is (code is not None)
    if shown is not None:
        assert error_key(shown, MODELS[0x26]) == key


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("#0F72224", "#F72224"),
        ("#0161616", "#161616"),
        ("0f72224", "#F72224"),
        ("#F72224", "#F72224"),
        ("#1F72224", None),
        ("#00F72224", None),
        ("#F7222", None),
    ],
)
def test_a_color_with_a_zero_too_many(raw: str, read: str | None) -> None:
    assert read_color(raw) == read


@pytest.mark.parametrize(
    ("name", "status", "firmware"),
    [
        ("detail_ad5x_fw3.1.5-1.1.1.json", Status.IDLE, "3.1.5-1.1.1"),
        ("detail_creator5_pro_fw2.0.0-1.3.1.json", Status.IDLE, "2.0.0-1.3.1"),
    ],
)
def test_newer_firmware(name: str, status: Status, firmware: str) -> None:
    state = case(name)
    assert state.status is status
    assert state.identity.firmware == firmware


def test_a_broken_sensor_shows_what_it_measures() -> None:
    state = case("detail_5m_sensor_fault.json")
    assert state.nozzles[0].temperature == pytest.approx(-14.7)
    assert state.has_error
    assert error_key(state.error_code or "", MODELS[0x23]) == "e0015"


def test_slots_with_colors_of_seven_digits() -> None:
    station = case("detail_ad5x_color_seven_digits.json").station
    assert station is not None
    assert [slot.color for slot in station.slots][:2] == ["#F72224", "#161616"]


def test_slots_with_words_of_their_owners() -> None:
    station = case("detail_ad5x_free_words.json").station
    assert station is not None
    loaded = [slot for slot in station.slots if slot.has_filament]
    assert len(loaded) == 3
    assert all(slot.material for slot in loaded)


def texts(value: object) -> list[str]:
    """Return every text in a state."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [each for item in value for each in texts(item)]
    slots = getattr(type(value), "__dataclass_fields__", {})
    return [each for name in slots for each in texts(getattr(value, name))]


HOSTILE = st.text(max_size=400) | st.sampled_from(
    ["x" * 5000, "\x1b[31mred", "line\nforged line", "a\u202eb", "\ud800", " \t "]
)


@given(
    st.dictionaries(
        st.sampled_from(
            (
                *("name", "model", "firmwareVersion", "status", "errorCode"),
                *("nozzleModel", "printFileName", "rightFilamentType"),
                *("cameraStreamUrl", "zzz"),
            )
        ),
        HOSTILE,
    )
)
def test_every_text_of_a_state_is_short_and_on_one_line(body: dict[str, Any]) -> None:
    station = {"slotInfos": [{"slotId": 1, "materialName": body.get("name")}]}
    body |= {"pid": 0x26, "hasMatlStation": True, "matlStationInfo": station}
    for said in texts(parse_detail(body, model_for(body, None))):
        assert len(said) <= LONGEST_TEXT
        assert said.isprintable()


@given(HOSTILE)
def test_a_reason_is_short_and_on_one_line(said: str) -> None:
    body = json.dumps({"code": 1, "message": said}).encode("utf-8", "surrogatepass")
    reason = decode(body).reason
    assert len(reason) <= LONGEST_TEXT
    assert reason.isprintable()


@given(HOSTILE)
def test_text_is_read_the_same_twice(said: str) -> None:
    once = text(said)
    assert once is None or text(once) == once
