"""The answer to `/detail`: the samples of the reference, rule by rule."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.flashforge.api.http.reply import decode
from custom_components.flashforge.api.models.catalog import GENERIC, MODELS
from custom_components.flashforge.api.models.model import Feature, Model
from custom_components.flashforge.api.state import (
    Adjustments,
    Filtration,
    Heater,
    Job,
    MaterialSlot,
    MaterialStation,
    PrinterState,
    StationActivity,
    Status,
)
from custom_components.flashforge.api.wire.detail import model_of, parse_detail
from custom_components.flashforge.api.wire.vocabulary import KNOWN_FIELDS, STATUSES

from .. import fixture, fixture_json

EXPECTED: dict[str, dict[str, Any]] = fixture_json("detail_expected.json")

ADVENTURER_5M = MODELS[0x23]
ADVENTURER_5M_PRO = MODELS[0x24]
AD5X = MODELS[0x26]
CREATOR_5 = MODELS[0x28]
CREATOR_5_PRO = MODELS[0x29]


def detail(name: str) -> dict[str, Any]:
    """Return the fields in a sample."""
    return dict(decode(fixture(name)).payload("detail"))


def _slots_loaded(state: PrinterState, _: Model) -> list[int]:
    assert state.station is not None
    return [slot.number for slot in state.station.slots if slot.has_filament]


def _chamber(state: PrinterState, model: Model) -> float | None:
    # The expected results leave out the chamber of a 5M Pro, whose sensor is a matter
    # of doubt and whose entity is disabled by default; the state has it.
    if Feature.CHAMBER_HEATER not in model.features or state.chamber is None:
        return None
    return state.chamber.temperature


ACCESSORS: dict[str, Callable[[PrinterState, Model], object]] = {
    "model": lambda _, model: model.name,
    # The reference spells this one word as the British do.
    "state": lambda state, _: (
        "cancelled" if state.status is Status.CANCELED else state.status or "unknown"
    ),
    "hasError": lambda state, _: state.has_error,
    "errorCode": lambda state, _: state.error_code,
    "progressPercent": lambda state, _: state.job.progress,
    "remainingSeconds": lambda state, _: state.job.remaining,
    "finishTimeKnown": lambda state, _: (
        state.job.remaining is not None and not state.warming_up
    ),
    "toolTemps": lambda state, _: [nozzle.temperature for nozzle in state.nozzles],
    "chamberTemp": _chamber,
    "materialStation": lambda state, _: state.station is not None,
    "doorOpen": lambda state, _: state.door_open,
    "jobNumbersTrusted": lambda state, _: state.numbers_trusted,
    "warmingUp": lambda state, _: state.job.warming_up,
    "speedPercent": lambda state, _: state.adjustments.speed_factor,
    "zOffset": lambda state, _: state.adjustments.z_offset,
    "partFanPercent": lambda state, _: state.adjustments.part_fan,
    "chamberFanPercent": lambda state, _: state.adjustments.chamber_fan,
    "currentLayer": lambda state, _: state.job.layer,
    "totalLayers": lambda state, _: state.job.total_layers,
    "elapsedSeconds": lambda state, _: state.job.elapsed,
    "tvoc": lambda state, _: state.air_quality,
    "slotsLoaded": _slots_loaded,
    "freeStorageGB": lambda state, _: state.counters.free_storage,
    "lifetimeMinutes": lambda state, _: state.counters.print_time,
}


@pytest.mark.parametrize("name", EXPECTED)
def test_samples(name: str) -> None:
    body = detail(name)
    model = model_of(body)
    state = parse_detail(body, model)
    expected = EXPECTED[name]
    found = {key: ACCESSORS[key](state, model) for key in expected}
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("name", EXPECTED)
def test_same_wire_gives_same_state(name: str) -> None:
    first, second = parse_detail(detail(name)), parse_detail(detail(name))
    assert first is not second
    assert first == second
    assert hash(first) == hash(second)


@pytest.mark.parametrize(
    ("name", "unread", "unknown"),
    [
        (
            "detail_lenient_nested_extra.json",
            (),
            (
                "matlStationInfo.newStationKey",
                "matlStationInfo.slotInfos.newSlotKey",
            ),
        ),
        ("detail_lenient_odd_types.json", (), ("someFutureField",)),
        (
            "detail_lenient_toplevel_err.json",
            ("matlStationInfo.slotInfos", "nozzleTemps"),
            (),
        ),
        ("captured_detail_creator5_pro_fw1.9.9_idle.json", (), ()),
    ],
)
def test_bookkeeping(
    name: str, unread: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    state = parse_detail(detail(name))
    assert state.unread == unread
    assert state.unknown_fields == unknown


def test_a_whole_answer() -> None:
    state = parse_detail(detail("detail_5m_pro_printing.json"))
    assert state.identity.pid == 0x24
    assert state.identity.name == "Basement Pro"
    assert state.identity.firmware == "3.2.7"
    assert state.identity.mac == "88:A9:A7:00:00:32"
    assert state.job == Job(
        file="ASA Bracket.3mf",
        progress=45,
        layer=50,
        total_layers=111,
        elapsed=1800,
        remaining=2200,
        speed=180,
        infill=15,
        filament_length=12.5,
        filament_weight=35.5,
    )
    assert state.nozzles == (Heater(temperature=249.4, target=250),)
    assert state.bed == Heater(temperature=99.9, target=100)
    assert state.chamber == Heater(temperature=31, target=0)
    assert state.adjustments == Adjustments(
        speed_factor=100, z_offset=-0.025, part_fan=100, chamber_fan=60
    )
    assert state.light is True
    assert state.air_quality == 212
    assert state.filtration == Filtration(internal=True, external=False)
    assert (state.power_off.enabled, state.power_off.delay) == (False, 30)
    assert state.camera_url == "http://192.168.1.32:8080/?action=stream"
    assert state.nozzle_size == "0.4mm"
    assert state.material == "PLA"
    assert state.station is None
    assert state.counters.filament == 1204.37
    assert state.build_volume == (220, 220, 220)


def test_an_empty_answer() -> None:
    assert parse_detail({}) == PrinterState(nozzles=(Heater(),))


@pytest.mark.parametrize(
    ("body", "model"),
    [
        ({"pid": 41}, CREATOR_5_PRO),
        ({"pid": "0026", "name": "Creator 5"}, AD5X),
        ({"pid": 0x77, "name": "Creator 5"}, GENERIC),
        ({"model": "Creator 5 Pro", "name": "AD5X"}, CREATOR_5_PRO),
        ({"name": "my ad5x"}, AD5X),
        ({"name": 5, "model": None}, GENERIC),
        ({}, GENERIC),
    ],
)
def test_model_of(body: dict[str, object], model: Model) -> None:
    assert model_of(body) is model


@pytest.mark.parametrize(
    ("body", "given", "door"),
    [
        ({"doorStatus": "open"}, CREATOR_5_PRO, True),
        ({"doorStatus": "open", "pid": 0x77}, CREATOR_5_PRO, True),
        ({"doorStatus": "open", "pid": 40}, CREATOR_5_PRO, None),
        ({"doorStatus": "open", "pid": 41}, CREATOR_5, True),
        ({"doorStatus": "open", "model": "Creator 5 Pro"}, GENERIC, True),
        ({"doorStatus": "open"}, GENERIC, None),
        ({"doorStatus": "open"}, None, None),
    ],
)
def test_model_to_read_by(
    body: dict[str, object], given: Model | None, door: bool | None
) -> None:
    assert parse_detail(body, given).door_open is door


@pytest.mark.parametrize(("word", "status"), STATUSES.items())
def test_status_words(word: str, status: Status) -> None:
    state = parse_detail({"status": f" {word.title()} "})
    assert state.status is status
    assert state.raw_status is None


def test_unknown_status_word() -> None:
    state = parse_detail({"status": " Warming_up_Lasers "})
    assert state.status is None
    assert state.raw_status == "Warming_up_Lasers"


@pytest.mark.parametrize(
    ("model", "value", "chamber"),
    [
        (ADVENTURER_5M, 31, None),
        (AD5X, 31, None),
        (ADVENTURER_5M_PRO, 45, 45),
        (ADVENTURER_5M_PRO, 0, None),
        (CREATOR_5, 0, 0),
        (CREATOR_5, -108, None),
        (CREATOR_5_PRO, -49, -49),
        (CREATOR_5_PRO, "--", None),
        (GENERIC, 25, 25),
        (GENERIC, 0, None),
    ],
)
def test_chamber(model: Model, value: object, chamber: float | None) -> None:
    state = parse_detail({"chamberTemp": value, "chamberTargetTemp": -108}, model)
    assert (state.chamber and state.chamber.temperature) == chamber
    assert state.chamber is None or state.chamber.target is None
    assert state.unread == ()


@pytest.mark.parametrize(
    ("model", "body", "temperatures"),
    [
        (CREATOR_5, {}, [None] * 4),
        (CREATOR_5, {"rightTemp": 30}, [None] * 4),
        (CREATOR_5, {"nozzleTemps": [1, 2]}, [1, 2, None, None]),
        (CREATOR_5, {"nozzleTemps": [1, 2, 3, 4, 5]}, [1, 2, 3, 4]),
        (CREATOR_5, {"nozzleTemps": [1, -100, "x", None]}, [1, None, None, None]),
        (AD5X, {"rightTemp": 30, "nozzleTemps": [1, 2]}, [30]),
        (GENERIC, {"rightTemp": 30, "nozzleTemps": [1, 2]}, [1, 2]),
        (GENERIC, {"rightTemp": 30, "nozzleTemps": []}, [30]),
        (GENERIC, {"nozzleTemps": [1] * 1000}, [1] * 16),
    ],
)
def test_nozzles(
    model: Model, body: dict[str, object], temperatures: list[float | None]
) -> None:
    state = parse_detail(body, model)
    assert [nozzle.temperature for nozzle in state.nozzles] == temperatures


@pytest.mark.parametrize(
    ("body", "bed"),
    [
        ({}, None),
        ({"platTemp": -108, "platTargetTemp": None}, None),
        ({"platTemp": 20}, Heater(temperature=20)),
        ({"platTargetTemp": 0}, Heater(target=0)),
    ],
)
def test_bed(body: dict[str, object], bed: Heater | None) -> None:
    assert parse_detail(body).bed == bed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("printProgress", 1.1e-38),
        ("printProgress", 101),
        ("printProgress", -0.1),
        ("zAxisCompensation", 2.8e-40),
        ("zAxisCompensation", -5.1),
        ("printDuration", 2_592_001),
        ("estimatedTime", -1),
        ("printLayer", 50_001),
        ("targetPrintLayer", 8_065_023),
        ("printSpeedAdjust", 1001),
        ("coolingFanSpeed", 256),
        ("coolingFanLeftSpeed", 256),
        ("coolingLeftFanSpeed", 256),
        ("chamberFanSpeed", -1),
        ("currentPrintSpeed", -1),
        ("estimatedRightLen", -1),
        ("estimatedRightWeight", -0.5),
        ("fillAmount", -1),
    ],
)
def test_one_impossible_number_condemns_all(field: str, value: float) -> None:
    body = detail("detail_creator5_pro_printing.json") | {field: value}
    state = parse_detail(body)
    assert not state.numbers_trusted
    assert state.job == Job(file="multi_tool_benchy.3mf")
    assert state.adjustments == Adjustments()
    assert state.status is Status.PRINTING
    assert state.nozzles[0].temperature == 219
    assert state.unread == ()


@pytest.mark.parametrize(
    "word", ["downloading", "unzipping", "sending", "Cloud_Slicing"]
)
def test_words_that_condemn_numbers(word: str) -> None:
    state = parse_detail(detail("detail_5m_printing.json") | {"status": word})
    assert state.status is Status.BUSY
    assert not state.numbers_trusted
    assert state.job.layer is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("printSpeedAdjust", 740),
        ("printProgress", 0),
        ("zAxisCompensation", -5),
        ("printLayer", "x"),
        ("coolingFanSpeed", 200),
    ],
)
def test_odd_numbers_that_are_believed(field: str, value: object) -> None:
    state = parse_detail(detail("detail_5m_printing.json") | {field: value})
    assert state.numbers_trusted
    assert state.job.total_layers == 111


@pytest.mark.parametrize(
    ("body", "progress"),
    [
        ({"status": "printing", "printProgress": 0.126}, 13),
        ({"status": "printing", "printProgress": 1}, 100),
        ({"status": "printing", "printProgress": 86}, 86),
        ({"status": "printing"}, None),
        ({"status": "completed"}, 100),
        ({"status": "cancel", "printProgress": "0.5"}, 50),
    ],
)
def test_progress(body: dict[str, object], progress: int | None) -> None:
    assert parse_detail(body).job.progress == progress


@pytest.mark.parametrize(
    ("body", "warming_up"),
    [
        ({"status": "printing", "printDuration": 0, "printLayer": 0}, True),
        ({"status": "printing", "printDuration": 0}, True),
        ({"status": "printing", "printDuration": 1, "printLayer": 0}, False),
        ({"status": "printing", "printDuration": 0, "printLayer": 1}, False),
        ({"status": "printing"}, False),
        ({"status": "heating", "printDuration": 0, "printLayer": 0}, False),
    ],
)
def test_warming_up(body: dict[str, object], warming_up: bool) -> None:
    assert parse_detail(body).job.warming_up is warming_up


def test_adjustments() -> None:
    state = parse_detail(
        {
            "zAxisCompensation": -0.02500000037252903,
            "printSpeedAdjust": 125.0,
            "coolingFanSpeed": 255,
            "coolingLeftFanSpeed": " 40 ",
            "chamberFanSpeed": "?",
        }
    )
    assert state.adjustments == Adjustments(
        z_offset=-0.025, speed_factor=125, left_part_fan=40
    )


def test_half_a_layer_is_none() -> None:
    state = parse_detail({"printLayer": 12.5, "targetPrintLayer": "200"})
    assert (state.job.layer, state.job.total_layers) == (None, 200)
    assert state.unread == ("printLayer",)


def test_zero_filament_is_unknown() -> None:
    job = parse_detail({"estimatedRightLen": 0, "estimatedRightWeight": 0.0}).job
    assert job.filament_length is None
    assert job.filament_weight is None


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("0.4mm", "0.4mm"),
        ("0.4mm;0.4mm; 0.4mm ;0.4mm", "0.4mm"),
        ("0.4mm;0.6mm", "0.4mm, 0.6mm"),
        (";;", None),
        ("", None),
    ],
)
def test_nozzle_size(said: str, size: str | None) -> None:
    assert parse_detail({"nozzleModel": said}).nozzle_size == size


@pytest.mark.parametrize("url", ["", "rtsp://192.168.1.3/", "off", 5])
def test_no_camera_url(url: object) -> None:
    assert parse_detail({"cameraStreamUrl": url}).camera_url is None


@pytest.mark.parametrize(
    ("model", "filtration", "air_quality", "material"),
    [
        (ADVENTURER_5M, Filtration(), None, "PLA"),
        (ADVENTURER_5M_PRO, Filtration(internal=True, external=False), 23, "PLA"),
        (AD5X, Filtration(), None, None),
        (CREATOR_5, Filtration(), None, None),
        (CREATOR_5_PRO, Filtration(internal=True, external=False), 23, None),
        (GENERIC, Filtration(internal=True, external=False), 23, "PLA"),
    ],
)
def test_what_a_model_has(
    model: Model,
    filtration: Filtration,
    air_quality: float | None,
    material: str | None,
) -> None:
    body = {
        "internalFanStatus": "OPEN",
        "externalFanStatus": "close",
        "tvoc": 23,
        "rightFilamentType": "PLA",
    }
    state = parse_detail(body, model)
    assert state.filtration == filtration
    assert state.air_quality == air_quality
    assert state.material == material


INFO = {"slotCnt": 4, "slotInfos": [{"slotId": 1, "hasFilament": True}]}


@pytest.mark.parametrize(
    ("model", "body", "present"),
    [
        (AD5X, {"hasMatlStation": True, "matlStationInfo": INFO}, True),
        (AD5X, {"hasMatlStation": 0, "matlStationInfo": INFO}, False),
        (AD5X, {"hasMatlStation": "maybe", "matlStationInfo": INFO}, True),
        (AD5X, {"matlStationInfo": INFO}, True),
        (AD5X, {"matlStationInfo": {"slotCnt": 4}}, True),
        (AD5X, {"matlStationInfo": {"slotCnt": 0, "slotInfos": []}}, False),
        (AD5X, {"hasMatlStation": 1}, True),
        (AD5X, {"hasMatlStation": 1, "matlStationInfo": "gone"}, True),
        (AD5X, {}, False),
        (CREATOR_5, {"hasMatlStation": False, "matlStationInfo": INFO}, True),
        (CREATOR_5, {"hasMatlStation": True}, False),
        (CREATOR_5, {"MatlStationInfo": {"SlotInfos": [{"slotId": 2}]}}, True),
        (ADVENTURER_5M, {"hasMatlStation": True, "matlStationInfo": INFO}, False),
        (GENERIC, {"HasMatlStation": False, "matlStationInfo": INFO}, False),
        (GENERIC, {"matlStationInfo": INFO}, True),
    ],
)
def test_station_presence(model: Model, body: dict[str, object], present: bool) -> None:
    assert (parse_detail(body, model).station is not None) is present


def test_station_block_as_captured() -> None:
    info = fixture_json("captured_matlStationInfo_creator5_pro_fw1.9.4.json")
    state = parse_detail({"matlStationInfo": info}, CREATOR_5_PRO)
    assert state.station == MaterialStation(
        slots=tuple(
            MaterialSlot(
                number=number, material=material, color=color, has_filament=True
            )
            for number, material, color in (
                (1, "PLA", "#1B1B1B"),
                (2, "PETG", "#1B1B1B"),
                (3, "PLA", "#FFFFFF"),
                (4, "PLA", "#805003"),
            )
        ),
        activity=StationActivity.IDLE,
    )


def test_slots_that_are_odd() -> None:
    station = parse_detail(detail("detail_ad5x_ready_mixed_slots.json")).station
    assert station is not None
    assert station.slots == (
        MaterialSlot(number=1, material="PLA", color="#FFFFFF", has_filament=True),
        MaterialSlot(number=2, material="PLA", color="#161616", has_filament=True),
        MaterialSlot(number=3, has_filament=False),
        MaterialSlot(number=4, color="#F95D73", has_filament=True),
    )


def test_slots_go_by_their_numbers() -> None:
    items = [
        {"slotId": "3", "materialName": "ABS"},
        {"slotId": 1, "materialName": "PLA"},
        {"slotId": 3, "materialName": "TPU"},
        {"slotId": 0, "materialName": "PLA"},
        {"slotId": 4000, "materialName": "PLA"},
        {"materialName": "PLA"},
        "slot",
    ]
    state = parse_detail({"matlStationInfo": {"slotInfos": items}}, CREATOR_5)
    assert state.station is not None
    assert [(slot.number, slot.material) for slot in state.station.slots] == [
        (1, "PLA"),
        (3, "ABS"),
    ]
    assert state.unread == (
        "matlStationInfo.slotInfos",
        "matlStationInfo.slotInfos.slotId",
    )


@pytest.mark.parametrize(
    ("number", "slot"), [(0, None), (1, 1), ("2", 2), (True, 1), (99, None), (-1, None)]
)
def test_chosen_slots(number: object, slot: int | None) -> None:
    info = INFO | {"currentSlot": number, "currentLoadSlot": number}
    station = parse_detail({"matlStationInfo": info}, CREATOR_5).station
    assert station is not None
    assert station.active_slot == slot
    assert station.loading_slot == slot


@pytest.mark.parametrize(
    ("action", "step", "activity"),
    [
        (0, 0, StationActivity.IDLE),
        (0, 6, StationActivity.IDLE),
        (1, 0, StationActivity.BUSY),
        (1, 1, StationActivity.HEATING),
        (1, 2, StationActivity.FEEDING),
        (1, 3, StationActivity.PURGING),
        (1, 6, StationActivity.BUSY),
        (2, 1, StationActivity.HEATING),
        (2, 4, StationActivity.CUTTING),
        (2, 5, StationActivity.RETRACTING),
        (2, None, StationActivity.BUSY),
        (2, 77, StationActivity.BUSY),
        (3, 1, StationActivity.CANCELING),
        (4, 0, StationActivity.PRINTING),
        (5, 0, StationActivity.BUSY),
        ("6", 0, StationActivity.PAUSED),
        (7, 0, StationActivity.BUSY),
        (None, 1, None),
        ("x", 1, None),
    ],
)
def test_station_activity(
    action: object, step: object, activity: StationActivity | None
) -> None:
    info = INFO | {"stateAction": action, "stateStep": step}
    station = parse_detail({"matlStationInfo": info}, AD5X).station
    assert station is not None
    assert station.activity is activity


@pytest.mark.parametrize(
    ("model", "body", "slot"),
    [
        (
            AD5X,
            {"indepMatlInfo": {"materialName": "?", "materialColor": ""}},
            MaterialSlot(number=0),
        ),
        (
            AD5X,
            {
                "indepMatlInfo": {"materialName": "PLA", "materialColor": "#ffffff"},
                "hasRightFilament": True,
            },
            MaterialSlot(number=0, material="PLA", color="#FFFFFF", has_filament=True),
        ),
        (AD5X, {}, None),
        (AD5X, {"indepMatlInfo": []}, None),
        (CREATOR_5, {"indepMatlInfo": {"materialName": "PLA"}}, None),
    ],
)
def test_direct_feed(
    model: Model, body: dict[str, object], slot: MaterialSlot | None
) -> None:
    assert parse_detail(body, model).direct_feed == slot


def test_direct_feed_activity() -> None:
    info = {"materialName": "?", "stateAction": 2, "stateStep": 5}
    state = parse_detail({"indepMatlInfo": info}, AD5X)
    assert state.direct_feed_activity is StationActivity.RETRACTING
    assert parse_detail({"indepMatlInfo": info}, CREATOR_5).direct_feed_activity is None


@pytest.mark.parametrize(
    ("job", "action", "step", "has_job"),
    [
        ({}, 1, 1, False),
        ({}, 1, 6, False),
        ({}, 2, 1, False),
        ({"printFileName": "old.3mf", "printProgress": 1.0}, 1, 1, False),
        ({"printFileName": "new.3mf", "printProgress": 0.0}, 5, 0, True),
        ({"printFileName": "half.3mf", "printProgress": 0.5}, 1, 1, True),
        ({"printFileName": "new.3mf"}, 0, 0, True),
        ({}, 0, 0, True),
    ],
)
def test_heating_for_filament_is_no_job(
    job: dict[str, object], action: int, step: int, has_job: bool
) -> None:
    info = INFO | {"stateAction": action, "stateStep": step}
    body = {"status": "heating", "matlStationInfo": info, **job}
    state = parse_detail(body, AD5X)
    assert state.has_job is has_job
    assert state.may_have_job is has_job
    assert state.warming_up is has_job


def test_names_from_the_wire_are_bounded() -> None:
    body = {f"{number:04d}{'x' * 500}": 1 for number in range(1000)}
    unknown = parse_detail(body).unknown_fields
    assert len(unknown) == 50
    assert max(map(len, unknown)) == 80


def test_every_field_of_the_samples_is_known() -> None:
    invented = {"someFutureField"}
    seen = {key for name in EXPECTED for key in detail(name)}
    assert seen - KNOWN_FIELDS == invented
