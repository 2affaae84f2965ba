"""Whatever a printer sends: only our own errors get out, and one bad field costs one."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
import json
from typing import Any

from hypothesis import HealthCheck, assume, given, settings, strategies as st
import pytest

from custom_components.flashforge.api.errors import FlashForgeError
from custom_components.flashforge.api.http.reply import Reply, decode
from custom_components.flashforge.api.models.catalog import MODELS
from custom_components.flashforge.api.state import PrinterState
from custom_components.flashforge.api.wire.detail import model_of, parse_detail
from custom_components.flashforge.api.wire.fields import pid
from custom_components.flashforge.api.wire.files import (
    parse_files,
    parse_job_thumbnail,
    parse_product,
    parse_thumbnail,
)
from custom_components.flashforge.api.wire.vocabulary import KNOWN_FIELDS

from . import FIXTURES, fixture

FUZZ = settings(
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

SAMPLES = sorted(
    path.name
    for pattern in ("*detail_*.json", "gcodeList_*.json", "product_*.json", "gcode*")
    for path in FIXTURES.glob(pattern)
    if path.name != "detail_expected.json"
)
DETAILS = [name for name in SAMPLES if "detail_" in name]

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(
        [
            *("open", "close", " OPEN ", "true", "?", "--", "NaN", " 0 ", "12.0", "-1"),
            *("0026", "38", "#ffffff", "#F95D73;x", "E0163", "OK", "printing", "pause"),
            *(
                "unzipping",
                "220X220X220",
                "http://",
                "88:A9:A7:00:00:35",
                "/data/",
                "v",
            ),
            *("1e999", "٣", "\ud800", "9" * 400, 10**400, -(10**400), 1e308, -108),
            *(1.1e-38, 2_592_001, 65_536, -50, 255, 256, 0.5, 2**53),
        ]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["slotId", "slotInfos", "toolId", "x", ""]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=5,
)

ENVELOPE = ["code", "err", "message", "msg", "detail", "product"]
LISTS = ["gcodeList", "gcodeListDetail", "imageData", "gcodeFileName"]
BODIES = st.dictionaries(st.sampled_from(ENVELOPE + LISTS), JSON, max_size=6)

PARSERS: dict[str, Callable[[Reply], object]] = {
    "/detail": lambda reply: parse_detail(reply.payload("detail")),
    "/product": lambda reply: parse_product(reply.payload("product")),
    "/gcodeList": lambda reply: parse_files(reply.body),
    "/gcodeThumb": lambda reply: parse_thumbnail(reply.body),
}


def answer(endpoint: str, body: bytes) -> object:
    """Return what comes of an answer: a result, or one of our own errors."""
    try:
        reply = decode(body)
        reply.check(endpoint, ("detail", "status", "product", *LISTS))
    except FlashForgeError as err:
        return err
    return PARSERS[endpoint](reply)


@pytest.mark.parametrize("endpoint", PARSERS)
@given(st.binary(max_size=300))
@settings(FUZZ, max_examples=1500)
def test_any_bytes(endpoint: str, body: bytes) -> None:
    answer(endpoint, body)
    parse_job_thumbnail(body)


@pytest.mark.parametrize("endpoint", PARSERS)
@given(BODIES)
@settings(FUZZ, max_examples=700)
def test_any_object(endpoint: str, body: dict[str, Any]) -> None:
    answer(endpoint, json.dumps(body).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("endpoint", PARSERS)
@given(st.sampled_from(SAMPLES), st.data())
@settings(FUZZ, max_examples=1500)
def test_samples_that_were_damaged_on_the_way(
    endpoint: str, name: str, data: Any
) -> None:
    body = bytearray(fixture(name))
    at = data.draw(st.integers(0, len(body)))
    length = data.draw(st.integers(0, 40))
    body[at : at + length] = data.draw(st.binary(max_size=8))
    answer(endpoint, bytes(body[: data.draw(st.integers(at, len(body)))]))
    answer(endpoint, bytes(body))


@pytest.mark.parametrize("part", range(2))
@given(body=st.dictionaries(st.sampled_from(sorted(KNOWN_FIELDS)), JSON, max_size=30))
@settings(FUZZ, max_examples=350)
def test_any_fields_give_a_state(body: dict[str, Any], part: int) -> None:
    for model in (None, *MODELS.values()):
        hash(parse_detail(body, model))


ITEMS = st.lists(
    st.dictionaries(
        st.sampled_from(
            [
                *("gcodeFileName", "printingTime", "totalFilamentWeight"),
                *("useMatlStation", "gcodeToolDatas", "toolId", "slotId"),
            ]
        ),
        JSON,
        max_size=5,
    )
    | JSON,
    max_size=5,
)


@given(ITEMS, ITEMS)
@settings(FUZZ, max_examples=500)
def test_any_items_give_files(names: list[Any], details: list[Any]) -> None:
    files = parse_files({"gcodeList": names, "gcodeListDetail": details})
    assert len({file.name for file in files}) == len(files)


# Which part of a state a wire field feeds, and nothing else. A number of the job that
# is impossible costs its whole group.
NUMBERS = {
    "printProgress": ("job.progress", "job.remaining"),
    "printDuration": ("job.elapsed", "job.remaining", "job.warming_up"),
    "estimatedTime": ("job.remaining",),
    "printLayer": ("job.layer", "job.warming_up"),
    "targetPrintLayer": ("job.total_layers",),
    "currentPrintSpeed": ("job.speed",),
    "fillAmount": ("job.infill",),
    "estimatedRightLen": ("job.filament_length",),
    "estimatedRightWeight": ("job.filament_weight",),
    "printSpeedAdjust": ("adjustments.speed_factor",),
    "zAxisCompensation": ("adjustments.z_offset",),
    "coolingFanSpeed": ("adjustments.part_fan",),
    "coolingFanLeftSpeed": ("adjustments.left_part_fan",),
    "coolingLeftFanSpeed": ("adjustments.left_part_fan",),
    "chamberFanSpeed": ("adjustments.chamber_fan",),
}
GROUP = ("job", "adjustments", "numbers_trusted")
STATION = {
    "slotCnt": ("station",),
    "currentSlot": ("station.active_slot",),
    "currentLoadSlot": ("station.loading_slot",),
    "stateAction": ("station.activity",),
    "stateStep": ("station.activity",),
    "slotInfos": ("station.slots",),
}
FEEDS: dict[str, tuple[str, ...]] = NUMBERS | {
    "pid": ("identity.pid",),
    "name": ("identity.name",),
    "model": ("identity.model_name",),
    "firmwareVersion": ("identity.firmware",),
    "macAddr": ("identity.mac",),
    "measure": ("build_volume",),
    "coordinate": ("position",),
    "nozzleModel": ("nozzle_size",),
    "status": ("status", "raw_status", *GROUP),
    "errorCode": ("error_code",),
    "printFileName": ("job.file",),
    "rightFilamentType": ("material",),
    "rightTemp": ("nozzles",),
    "rightTargetTemp": ("nozzles",),
    "nozzleTemps": ("nozzles",),
    "nozzleTargetTemps": ("nozzles",),
    "platTemp": ("bed",),
    "platTargetTemp": ("bed",),
    "chamberTemp": ("chamber",),
    "chamberTargetTemp": ("chamber",),
    "internalFanStatus": ("filtration.internal",),
    "externalFanStatus": ("filtration.external",),
    "lightStatus": ("light",),
    "doorStatus": ("door_open",),
    "tvoc": ("air_quality",),
    "autoShutdown": ("power_off.enabled",),
    "autoShutdownTime": ("power_off.delay",),
    "cameraStreamUrl": ("camera_url",),
    "hasMatlStation": ("station",),
    "HasMatlStation": ("station",),
    "matlStationInfo": ("station",),
    "MatlStationInfo": ("station",),
    "indepMatlInfo": ("direct_feed", "direct_feed_activity"),
    "hasRightFilament": ("direct_feed",),
    "cumulativePrintTime": ("counters.print_time",),
    "cumulativeFilament": ("counters.filament",),
    "remainingDiskSpace": ("counters.free_storage",),
}
BOOKS = ("unread", "unknown_fields")


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Return the parts of a state by their dotted names, down to what is no record."""
    if is_dataclass(value) and not path.endswith(("bed", "chamber", "direct_feed")):
        for part in fields(value):
            yield from leaves(
                getattr(value, part.name), f"{path}.{part.name}".strip(".")
            )
    else:
        yield path, value


def changed(whole: PrinterState, broken: PrinterState) -> set[str]:
    """Return the names of the parts in which two states differ."""
    before, after = dict(leaves(whole)), dict(leaves(broken))
    return {
        name
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    }


def unexpected(names: set[str], allowed: tuple[str, ...]) -> set[str]:
    """Return the names that no allowed part covers."""
    return {
        name
        for name in names
        if not any(f"{name}.".startswith(f"{part}.") for part in (*allowed, *BOOKS))
    }


def test_the_table_is_complete() -> None:
    ignored = KNOWN_FIELDS - FEEDS.keys()
    assert FEEDS.keys() <= KNOWN_FIELDS
    assert not {name for name in ignored if _changes_anything(name)}


def _changes_anything(name: str) -> bool:
    whole = decode(fixture("detail_ad5x_printing.json")).payload("detail")
    values: tuple[object, ...] = (None, 1, "x", [], {})
    states = (parse_detail({**whole, name: value}) for value in values)
    return len(set(states)) > 1


@pytest.mark.parametrize("field", sorted(KNOWN_FIELDS))
@given(name=st.sampled_from(DETAILS), value=JSON)
@settings(FUZZ, max_examples=80)
def test_one_broken_field_costs_only_itself(
    field: str, name: str, value: object
) -> None:
    body = decode(fixture(name)).payload("detail")
    model = model_of(body)
    # Another known product id is another printer, and nothing is broken then.
    assume(field != "pid" or pid(value) not in MODELS)
    whole = parse_detail(body, model)
    broken = parse_detail({**body, field: value}, model)
    allowed = FEEDS.get(field, ())
    if field in NUMBERS and not (whole.numbers_trusted and broken.numbers_trusted):
        allowed = GROUP
    assert not unexpected(changed(whole, broken), allowed)


@pytest.mark.parametrize("field", sorted(STATION))
@given(value=JSON)
@settings(FUZZ, max_examples=150)
def test_one_broken_station_field_costs_only_itself(field: str, value: object) -> None:
    body = decode(fixture("detail_ad5x_printing.json")).payload("detail")
    info = body["matlStationInfo"]
    assert isinstance(info, dict)
    broken = parse_detail({**body, "matlStationInfo": {**info, field: value}})
    assert not unexpected(changed(parse_detail(body), broken), STATION[field])


@pytest.mark.parametrize(
    ("field", "part"),
    [
        ("materialName", "material"),
        ("materialColor", "color"),
        ("hasFilament", "has_filament"),
    ],
)
@given(value=JSON)
@settings(FUZZ, max_examples=150)
def test_one_broken_slot_field_costs_only_itself(
    field: str, part: str, value: object
) -> None:
    body = decode(fixture("detail_creator5_printing.json")).payload("detail")
    info = json.loads(json.dumps(body["matlStationInfo"]))
    info["slotInfos"][1][field] = value
    before = parse_detail(body).station
    after = parse_detail({**body, "matlStationInfo": info}).station
    assert before is not None
    assert after is not None
    assert before.slots[0] == after.slots[0]
    assert before.slots[2:] == after.slots[2:]
    assert changed_parts(before.slots[1], after.slots[1]) <= {part}


def changed_parts(before: Any, after: Any) -> set[str]:
    return {
        part.name
        for part in fields(before)
        if getattr(before, part.name) != getattr(after, part.name)
    }


@pytest.mark.parametrize("name", DETAILS)
def test_whole_samples_are_read(name: str) -> None:
    assert isinstance(answer("/detail", fixture(name)), PrinterState)
