"""Reading a print file holds up nobody, whatever is in it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
import zipfile

from hypothesis import given, strategies as st
import pytest

from custom_components.flashforge.api.errors import FlashForgeError
from custom_components.flashforge.api.print_files.gcode import read_print_file

from ..fuzzing import fuzzed, in_time
from .samples import gx, moves, png, sliced_3mf, thumbnail

MEGABYTE = 1 << 20
TURN = 0.020
"""Seconds for which the reader may keep others waiting."""

PER_FILE = 0.5
"""Seconds of processor time for one small file."""

INFO = "Metadata/slice_info.config"
SETTINGS = "Metadata/project_settings.config"

TEXTS = {
    "empty lines": "\n" * MEGABYTE,
    "comments": ";\n" * (MEGABYTE // 8),
    "one line": ";" + "x" * MEGABYTE,
    "blanks": "; estimated printing time (normal mode) = 1" + " " * MEGABYTE,
    "tool changes": "T1\n" * (MEGABYTE // 3),
    "thumbnails": "; thumbnail begin 1x1 1\n; AAAA\n; thumbnail end\n" * 20_000,
    "a picture without end": "; thumbnail begin 1x1 1\n" + "; AAAA\n" * 100_000,
    "moves": moves(MEGABYTE),
    "materials": "; filament_type = " + "PLA;" * 250_000,
}
MEMBERS = {
    "attributes": {
        INFO: "<config><plate " + " ".join(f'a{n}="b"' for n in range(60_000)) + "/>"
    },
    "plates": {INFO: "<config>" + "<plate/>" * 100_000 + "</config>"},
    "deep": {INFO: "<a>" * 100_000},
    "settings": {SETTINGS: "[" * 300_000},
    "many settings": {
        SETTINGS: "{" + ",".join(f'"{n}":1' for n in range(60_000)) + "}"
    },
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the file lies."""
    return tmp_path / "part.gcode"


def read(path: Path) -> None:
    """Read a file, whatever comes of it."""
    with suppress(FlashForgeError):
        read_print_file(path)


def count(_: Path) -> None:
    """Do what gives way by itself: one small step after the other."""
    number = 0
    while number < 1_000_000:
        number += 1


def longest_wait(work: Callable[[Path], None], path: Path) -> float:
    """Return the longest time in s for which another thread got no turn."""
    done = Event()
    waits = [0.0]

    def tick() -> None:
        before = perf_counter()
        while not done.is_set():
            done.wait(0.0005)
            now = perf_counter()
            waits.append(now - before)
            before = now

    other = Thread(target=tick)
    other.start()
    try:
        work(path)
    finally:
        done.set()
        other.join()
    return max(waits)


def assert_gives_way(path: Path) -> None:
    """Fail when reading keeps others waiting longer than small steps do.

    The best of several runs counts, against small steps at the same moment: on a busy
    machine it is somebody else who has the turn.
    """
    waits: list[tuple[float, float]] = []
    for _ in range(5):
        usual = longest_wait(count, path)
        waits.append((longest_wait(read, path), usual))
        if waits[-1][0] < TURN + usual:
            return
    raise AssertionError(waits)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_reading_gcode_gives_way(file: Path, text: str) -> None:
    file.write_text(text)
    assert_gives_way(file)


@pytest.mark.parametrize("members", MEMBERS.values(), ids=MEMBERS)
def test_reading_a_3mf_gives_way(tmp_path: Path, members: dict[str, str]) -> None:
    path = tmp_path / "part.gcode.3mf"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("Metadata/plate_1.gcode", "G1 X1\n")
        for name, content in members.items():
            made.writestr(name, content)
    assert_gives_way(path)


def read_in_time(path: Path, data: bytes) -> None:
    """Read a file that may be anything, which ends soon and raises only our errors."""
    path.write_bytes(data)
    with in_time(PER_FILE), suppress(FlashForgeError):
        read_print_file(path)


LINES = st.sampled_from(
    [
        "; estimated printing time (normal mode) = 1d 2h",
        "; filament used [g] = 1,2",
        "; printable_area = 0x0,1x1",
        ";TIME:" + "9" * 400,
        "; nozzle_diameter = " + "0.4," * 300,
        "; thumbnail begin",
        "; thumbnail end",
        thumbnail(png()),
        "T3",
        "\x00\ud7ff",
    ]
) | st.text(max_size=60)


@fuzzed
@given(lines=st.lists(LINES, max_size=30), cut=st.integers(0, 400))
def test_any_gcode(
    lines: list[str], cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("gcode")
    data = "\n".join(lines).encode("utf-8", "surrogatepass")[cut:]
    read_in_time(folder / "part.gcode", data)


@fuzzed
@given(at=st.integers(0, 80), byte=st.integers(0, 255), end=st.integers(0, 400))
def test_any_gx(
    at: int, byte: int, end: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = bytearray(gx())
    data[min(at, len(data) - 1)] = byte
    read_in_time(
        tmp_path_factory.mktemp("gx") / "part.gx", bytes(data[: len(data) - end])
    )


@fuzzed
@given(
    info=st.text(max_size=200)
    | st.sampled_from(["<config>", "<config><plate>", "&x;"]),
    settings=st.text(max_size=200)
    | st.sampled_from(["{", "[]", '{"printer_model":[1]}']),
    damage=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=4),
)
def test_any_3mf(
    info: str,
    settings: str,
    damage: list[tuple[int, int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def plain(text: str) -> str:
        return text.encode("utf-8", "replace").decode()

    data = bytearray(
        sliced_3mf(
            **{
                "slice_info.config": plain(info),
                "project_settings.config": plain(settings),
            }
        )
    )
    for at, byte in damage:
        data[at % len(data)] = byte
    read_in_time(tmp_path_factory.mktemp("3mf") / "part.3mf", bytes(data))
