"""What the replies of real printers say: every captured one, and whatever else comes."""

from hypothesis import given, strategies as st
import pytest

from custom_components.flashforge.api.lines.reader import LineReply
from custom_components.flashforge.api.lines.replies import (
    listed_names,
    picture,
    wants_frames,
)
from custom_components.flashforge.api.lines.report import (
    MachineReport,
    ProgressReport,
    StatusReport,
    read_machine,
    read_progress,
    read_status,
    read_temperatures,
)
from custom_components.flashforge.api.lines.vocabulary import status_of
from custom_components.flashforge.api.state import Heater, Status

from .. import fixture
from ..fuzzing import fuzzed, in_time
from .transcripts import replies

_OK = {
    "adventurer3_fw1.1.7": MachineReport(
        machine_type="FlashForge Adventurer III",
        name="Mock A3",
        firmware="1.1.7",
        serial="SNMOCKA3000041",
        mac="88:A9:A7:00:00:41",
        tools=1,
        size=(150, 150, 150),
    ),
    "adventurer3_fw1.3.7": MachineReport(
        machine_type="FlashForge Adventurer III",
        name="Mock A3",
        firmware="1.3.7",
        serial="SNMOCKA3000043",
        mac="88:A9:A7:00:00:43",
        tools=1,
        size=(150, 150, 150),
    ),
    "adventurer3_fw1.3.7_spec": MachineReport(
        machine_type=None,
        name="Mock A3",
        firmware="1.3.7",
        serial="SNMOCKA3000041",
        mac="88:A9:A7:00:00:41",
        tools=1,
        size=(150, 150, 150),
    ),
    "adventurer4_fw2.0.9": MachineReport(
        machine_type="Flashforge Adventurer 4",
        name="Adventurer4",
        firmware="2.0.9",
        serial="SNMOCKA4000042",
        mac="88:A9:A7:00:00:42",
        tools=1,
        size=(220, 200, 250),
    ),
    "creator4_fw1.0.0": MachineReport(
        machine_type="FlashForge Creator 4",
        name="Mock Creator",
        firmware="1.0.0",
        serial="SNMOCKC4000046",
        mac="94:A4:08:00:00:46",
        tools=2,
        size=(400, 350, 500),
    ),
    "finder2_fw2.7.2": MachineReport(
        machine_type="FlashForge Finder",
        name="Mock Finder",
        firmware="2.7.2.366",
        serial="SNMOCKF2000044",
        tools=1,
        size=(140, 140, 140),
    ),
    "guider3_fw2.3.4": MachineReport(
        machine_type="FlashForge Guider 3",
        name="Mock Guider",
        firmware="2.3.4",
        serial="SNMOCKG3000045",
        mac="88:A9:A7:00:00:45",
        tools=1,
        size=(300, 250, 340),
    ),
}


@pytest.mark.parametrize("name", _OK)
def test_who_it_is(name: str) -> None:
    assert read_machine(replies(name, "M115")[0]) == _OK[name]


def test_the_raw_reply_of_an_adventurer_4() -> None:
    lines = fixture("tcp_adventurer4_m115_raw.bin").decode().splitlines()
    assert read_machine(lines) == _OK["adventurer4_fw2.0.9"]


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("adventurer3_fw1.1.7", 0, {"T0": (22, 0), "B": (11, 0)}),
        ("adventurer3_fw1.3.7", 0, {"T0": (240, 0), "B": (17, 0)}),
        ("adventurer3_fw1.3.7", 1, {"T0": (52, 240), "B": (46, 100)}),
        ("adventurer3_fw1.3.7", 2, {"T0": (239, 240), "B": (100, 100)}),
        ("adventurer3_fw1.3.7_spec", 0, {"T0": (185, 200), "B": (60, 60)}),
        ("adventurer3_printing_composed", 0, {"T0": (209, 210), "B": (50, 50)}),
        ("adventurer4_fw2.0.9", 1, {"T0": (198, 210), "B": (48, 64)}),
        ("adventurer4_fw2.3.3", 0, {"T0": (14, 0), "B": (-3, 0)}),
        ("creator4_fw1.0.0", 0, {"T0": (21, 0), "T1": (20, 0), "B": (20, 0)}),
        ("finder_fw1.5", 1, {"T0": (210, 210), "B": (0, 0)}),
        ("guider3_fw2.3.4", 0, {"T0": (25, 0), "B": (23, 0)}),
        ("5m_pro", 1, {"T0": (239.9, 240), "T1": (0, 0), "B": (69.9, 70)}),
    ],
)
def test_temperatures(
    name: str, at: int, expected: dict[str, tuple[float, float]]
) -> None:
    assert read_temperatures(replies(name, "M105")[at]) == {
        part: Heater(temperature=temperature, target=target)
        for part, (temperature, target) in expected.items()
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("T:20/0 B:9/0", {"T0": (20, 0), "B": (9, 0)}),
        ("T):20/0", {"T0": (20, 0)}),
        ("T0: 25/220 T1: 25/220 B:25/100", {"T0": (25, 220), "T1": (25, 220)}),
        ("T0:-108/0", {"T0": (None, 0)}),
        ("T0:9999/1", {"T0": (None, 1)}),
        ("T0:99999/0", {}),
        ("nothing", {}),
    ],
)
def test_odd_temperatures(
    line: str, expected: dict[str, tuple[float | None, float | None]]
) -> None:
    found = read_temperatures([line])
    for part, (temperature, target) in expected.items():
        assert found[part] == Heater(temperature=temperature, target=target)
    assert found or not expected


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("adventurer3_fw1.3.7", 1, (48, None, None)),
        ("adventurer3_fw1.3.7_spec", 0, (45, None, None)),
        ("adventurer4_fw2.0.9", 1, (11, 44, 419)),
        ("adventurer4_fw2.3.3", 0, (9, None, None)),
        ("creator4_fw1.0.0", 0, (0, None, None)),
        ("finder_fw1.5", 0, (1, None, None)),
        ("finder_fw1.5", 1, (100, None, None)),
        ("guider3_fw2.3.4", 0, (0, None, None)),
    ],
)
def test_progress(
    name: str, at: int, expected: tuple[int, int | None, int | None]
) -> None:
    told = read_progress(replies(name, "M27")[at])
    assert told is not None
    assert (told.percent, told.layer, told.total_layers) == expected


def test_odd_progress() -> None:
    assert read_progress(["no number"]) is None
    nothing = read_progress(["SD printing byte 5/0"])
    assert nothing is not None
    assert nothing.percent is None
    assert read_progress(["SD printing byte 1/2", "Layer: 9/4"]) == ProgressReport(
        done=1, total=2, layer=4, total_layers=4
    )


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("adventurer3_fw1.1.7", 0, ("READY", "READY", None, None)),
        ("adventurer3_fw1.3.7", 0, ("READY", "READY", True, None)),
        (
            "adventurer3_fw1.3.7",
            1,
            ("BUILDING_FROM_SD", "MOVING", False, "bracket+HS@245+10%.gx"),
        ),
        ("adventurer3_fw1.3.7_spec", 0, ("IDLE", "0.0", True, "test.gcode")),
        ("adventurer4_fw2.3.3", 0, ("READY", "READY", False, "hook.gx")),
        ("creator4_fw1.0.0", 0, ("READY", "READY", True, None)),
        ("finder_fw1.5", 0, ("READY", "READY", None, None)),
        ("guider3_fw2.3.4", 0, ("READY", "READY", False, None)),
        (
            "5m_pro",
            1,
            (
                "BUILDING_COMPLETED",
                "PAUSED",
                True,
                "Portable Cable Winder - Large.gx",
            ),
        ),
    ],
)
def test_status(
    name: str, at: int, expected: tuple[str, str, bool | None, str | None]
) -> None:
    machine, mode, light, file = expected
    assert read_status(replies(name, "M119")[at]) == StatusReport(
        machine=machine, mode=mode, light=light, file=file
    )


@pytest.mark.parametrize(
    ("machine", "mode", "expected"),
    [
        ("READY", "READY", Status.IDLE),
        ("READY", None, Status.IDLE),
        ("READY", "PAUSED", Status.IDLE),
        ("IDLE", "0.0", Status.IDLE),
        ("READY", "HOMING", Status.BUSY),
        ("READY", "MOVING", Status.BUSY),
        ("READY", "WAIT_ON_TOOL", Status.BUSY),
        ("READY", "WAIT_ON_PLATFORM", Status.BUSY),
        ("READY", "SOMETHING", Status.BUSY),
        ("BUSY", "READY", Status.BUSY),
        ("HOMING", "0.0", Status.BUSY),
        ("BUILDING_FROM_SD", "MOVING", Status.PRINTING),
        ("BUILDING_ONBOARD", None, Status.PRINTING),
        ("PRINTING", "12.0", Status.PRINTING),
        ("BUILDING_FROM_SD", "WAIT_ON_TOOL", Status.HEATING),
        ("BUILDING", "WAIT_ON_PLATFORM", Status.HEATING),
        ("BUILDING_FROM_SD", "PAUSED", Status.PAUSED),
        ("PAUSED", "READY", Status.PAUSED),
        ("PAUSE", None, Status.PAUSED),
        ("CANCEL_BUILD", "MOVING", Status.CANCELING),
        ("BUILDING_COMPLETED", "PAUSED", Status.COMPLETED),
        ("ERROR", None, Status.ERROR),
        ("HEAT_SHUTDOWN", "READY", Status.ERROR),
        ("SINGING", "READY", None),
        (None, "READY", None),
    ],
)
def test_what_two_words_mean(
    machine: str | None, mode: str | None, expected: Status | None
) -> None:
    assert status_of(machine, mode) is expected


_LINES = st.lists(
    st.text(max_size=60)
    | st.sampled_from(
        [
            "MachineStatus: READY",
            "MachineStatus:",
            "T0:1e9/0",
            "T0:22 /0 B:" + "9" * 400 + "/0",
            "SD printing byte " + "9" * 400 + "/1",
            "SD printing byte ٣/٣",
            "Layer: 5/-1",
            "X: 140  Y: 140  Z: 140",
            "X: ٣ Y: 1 Z: 1",
            "Mac Address: 00:00:00:00:00:00",
            "SN: \u202eevil",
            "Firmware: v",
            "Firmware:   ",
            "Tool Count: 99999999999",
            "CurrentFile: /data/",
            "LED: maybe",
            ":" * 5000,
            "A" * 5000 + ":",
        ]
    ),
    max_size=12,
)


@given(_LINES)
@fuzzed
def test_whatever_comes(lines: list[str]) -> None:
    with in_time():
        machine = read_machine(lines)
        status = read_status(lines)
        heaters = read_temperatures(lines)
        progress = read_progress(lines)
        status_of(status.machine, status.mode)
    assert machine.tools in {None, 1, 2, 3, 4}
    assert all(
        each.temperature is None or -50 < each.temperature < 600
        for each in heaters.values()
    )
    assert progress is None or progress.percent is None or 0 <= progress.percent <= 100
    for told in (machine.name, machine.machine_type, status.file, status.machine):
        assert told is None or (told.isprintable() and len(told) <= 255)


_BYTES = st.binary(max_size=200)


@given(
    st.sampled_from(
        [b"", b"\r\n", b"\xa2\xa2**", b"**\xa2\xa2", b"BM", b"\x89PNG\r\n\x1a\n"]
    ),
    _BYTES,
)
@fuzzed
def test_whatever_comes_as_a_picture(mark: bytes, data: bytes) -> None:
    with in_time():
        found, _ = picture(mark + data)
    assert found is None or found.startswith((b"BM", b"\x89PNG\r\n\x1a\n"))


@given(_LINES)
@fuzzed
def test_whatever_comes_as_a_list_or_a_login(lines: list[str]) -> None:
    with in_time():
        wants_frames(lines)
        names = listed_names(LineReply(lines=("info_list.size: 3", *lines)))
    assert names is not None
    assert len(names) == len(lines)
