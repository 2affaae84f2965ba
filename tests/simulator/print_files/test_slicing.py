"""Sliced files: written files can be read, and unreadable ones are reported."""

import base64
from collections.abc import Callable
import io
from pathlib import Path
import random
import struct
import subprocess
import sys
import time
import zipfile
import zlib

from PIL import Image
import pytest

from simulator import StoredFile, Tool, thumbnail, write_3mf, write_gcode, write_sliced
from simulator.print_files.sliced import UNREADABLE, read
from simulator.print_files.slicing import main

from ...support import ROOT

TOOLS = (
    Tool("PLA", "#F98D33", 11.4),
    Tool("PETG-CF", "#161616", 0.0),
    Tool("ASA", "#0ACC38", 2.57),
)
FILE = StoredFile("part", 2475, 37, TOOLS, fill=40)
COMMENTS = """\
; filament used [mm] = 1000.00, 250.00
; filament used [g] = 2.98, 0.75
; estimated printing time (normal mode) = 1d 2h 3m 4s
; filament_colour = #ff0000;#0000FF
; filament_type = PLA;TPU
; sparse_infill_density = 20%
"""


def reading(data: bytes, name: str = "a.gcode") -> StoredFile:
    return read(io.BytesIO(data), name, len(data))


def archive(**entries: bytes | str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(f"Metadata/{name.replace('__', '.')}", data)
    return target.getvalue()


@pytest.mark.parametrize("name", ["part.gcode", "part.3mf", "part.gcode.3mf"])
@pytest.mark.parametrize("size", [0, 3_000_000])
def test_written_files_can_be_read(tmp_path: Path, name: str, size: int) -> None:
    path = tmp_path / name

    write_sliced(path, FILE, size=size)

    data = path.read_bytes()
    found = reading(data, name)
    assert (found.name, found.size) == (name, len(data))
    assert (found.print_seconds, found.layers, found.fill) == (2475, 37, 40)
    assert found.used == FILE.used
    assert found.filament_mm == pytest.approx(FILE.filament_mm, rel=0.01)
    assert thumbnail(found) == thumbnail(FILE)
    assert found.needs_station
    assert found.fails_with is None


def test_padding_fills_up_to_the_size(tmp_path: Path) -> None:
    exact, packed, usual = (tmp_path / name for name in ("a.gcode", "b.3mf", "c.3mf"))

    write_gcode(exact, FILE, size=2_345_678)
    write_3mf(packed, FILE, size=2_345_678)
    write_3mf(usual, FILE)

    assert exact.stat().st_size == 2_345_678
    assert 2_345_678 <= packed.stat().st_size < 2_380_000
    assert usual.stat().st_size < 50_000
    write_gcode(exact, FILE, size=10)
    assert reading(exact.read_bytes()).layers == 37


def test_padding_is_still_gcode(tmp_path: Path) -> None:
    for extra in range(25):
        write_gcode(tmp_path / "a.gcode", FILE, size=200_000 + extra)
        for line in (tmp_path / "a.gcode").read_text().splitlines():
            assert line[:1] in {"", ";", "G", "M", "T"}
            assert not line.startswith("G1 X") or " Y" in line


def test_one_tool_needs_no_station(tmp_path: Path) -> None:
    write_3mf(tmp_path / "a.3mf", StoredFile("a", tools=TOOLS[:2]))

    found = reading((tmp_path / "a.3mf").read_bytes(), "a.3mf")

    assert not found.needs_station
    assert list(found.used) == [0]


def test_a_file_without_a_picture(tmp_path: Path) -> None:
    for name in ("a.gcode", "a.3mf"):
        write_sliced(tmp_path / name, StoredFile("a", preview=b""))
        assert thumbnail(reading((tmp_path / name).read_bytes(), name)) == b""


def test_comments_of_a_slicer() -> None:
    found = reading(f"; total layers count = 7\nG28\r\n{COMMENTS}".encode())

    assert found.print_seconds == 93784
    assert (found.layers, found.fill) == (7, 20)
    assert found.tools == (Tool("PLA", "#FF0000", 2.98), Tool("TPU", "#0000FF", 0.75))
    assert found.filament_mm == 1250


def test_the_time_in_the_header() -> None:
    line = "; model printing time: 30m 1s; total estimated time: 41m 2s"

    assert reading(f"{line}\nG28\n".encode()).print_seconds == 2462


@pytest.mark.parametrize(
    "comments",
    [
        "",
        "; estimated printing time (normal mode) = soon\n",
        "; total layer number: many\n; filament used [g] = none\n",
        "; sparse_infill_density = dense\n; filament_colour = \n",
        "; total layer number: 1e99\n; filament used [g] = nan, -3, inf\n",
    ],
)
def test_missing_facts_have_defaults(comments: str) -> None:
    found, usual = reading(f"{comments}G28\nG1 X1\n".encode()), StoredFile("a.gcode")

    assert found.fails_with is None
    assert found.print_seconds == usual.print_seconds
    assert (found.layers, found.fill) == (usual.layers, usual.fill)
    assert found.used == usual.used


def test_materials_without_weights_still_print() -> None:
    found = reading(b"; filament_type = PETG;ABS\nG28\n")

    assert [tool.material for tool in found.used.values()] == ["PETG", "ABS"]


def test_the_largest_picture_is_taken() -> None:
    pictures = []
    for side in (32, 300):
        data = io.BytesIO()
        Image.new("RGB", (side, side), (9, 8, 7)).save(data, "PNG")
        text = base64.b64encode(data.getvalue()).decode()
        lines = "".join(f"; {text[i : i + 78]}\n" for i in range(0, len(text), 78))
        pictures.append((data.getvalue(), side, lines))
    head = "".join(
        f"; thumbnail begin {side}x{side} {len(lines)}\n{lines}; thumbnail end\n"
        for _, side, lines in pictures
    )
    broken = "; thumbnail begin 1x1 4\n; no b64!\n; thumbnail end\n"
    false = "; thumbnail begin 1x1 4\n; Zm9vYmFy\n; thumbnail end\n"

    found = reading(f"{false}{head}{broken}G28\n".encode())

    assert thumbnail(found) == pictures[1][0]
    assert thumbnail(reading(f"{broken}{false}G28\n".encode())) == b""


@pytest.mark.parametrize("side", [5000, 60_000])
def test_a_picture_that_is_too_large_is_ignored(side: int) -> None:
    small = io.BytesIO()
    Image.new("1", (1, 1)).save(small, "PNG")
    header = b"IHDR" + struct.pack(">2I", side, side) + small.getvalue()[24:29]
    checked = header + zlib.crc32(header).to_bytes(4)
    image = small.getvalue()[:12] + checked + small.getvalue()[33:]

    found = reading(archive(plate_1__gcode="G28\n", plate_1__png=image), "a.3mf")

    assert found.fails_with is None
    assert thumbnail(found) == b""


def test_the_first_plate_that_was_sliced() -> None:
    info = """<config>
      <plate><metadata key="index" value="1"/><metadata key="prediction" value="9"/>
      </plate>
      <plate><metadata key="index" value="3"/><metadata key="prediction" value="77"/>
        <filament id="2" type="ABS" color="#00ff00" used_m="2.5" used_g="6.25"/>
        <filament id="99" type="PLA" used_g="1"/><filament id="x" used_g="1"/>
      </plate></config>"""

    found = reading(
        archive(
            plate_12__gcode="G28\n",
            plate_3__gcode=f"; total layer number: 5\nG28\n{COMMENTS}",
            slice_info__config=info,
            plate_3__png=b"no picture",
        ),
        "a.3mf",
    )

    assert (found.print_seconds, found.layers) == (77, 5)
    assert found.tools == (Tool("PLA", "#FFFFFF", 0.0), Tool("ABS", "#00FF00", 6.25))
    assert found.filament_mm == 2500
    assert thumbnail(found) == b""
    assert not found.needs_station


@pytest.mark.parametrize(
    "plate",
    [
        '<metadata key="index" value="2"/><metadata key="prediction" value="9"/>',
        '<metadata key="index" value="1"/><filament id="1" type="ABS" used_g="0"/>',
        "",
    ],
)
def test_slice_info_without_the_plate(plate: str) -> None:
    info = f"<config><plate>{plate}</plate></config>"
    gcode = f"G28\n{COMMENTS}"

    found = reading(archive(plate_1__gcode=gcode, slice_info__config=info), "a.3mf")

    assert found.print_seconds == 93784
    assert [tool.material for tool in found.used.values()] == ["PLA", "TPU"]


def test_a_plate_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.print_files.sliced._LONGEST", 1000)

    assert reading(whole_3mf(), "a.3mf").fails_with == UNREADABLE


def test_a_3mf_with_only_gcode() -> None:
    found = reading(archive(plate_1__gcode=f"G28\n{COMMENTS}"), "a.3mf")

    assert found.print_seconds == 93784
    assert len(found.used) == 2


def whole_3mf() -> bytes:
    return archive(plate_1__gcode="G28\n" * 1000, slice_info__config="<config/>")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.gcode", lambda: b""),
        ("a.gcode", lambda: b"G28\n\0\0\0"),
        ("a.gcode", lambda: b"This is a letter.\n"),
        ("a.gcode", whole_3mf),
        ("a.3mf", lambda: b"G28\n"),
        ("a.3mf", archive),
        ("a.3mf", lambda: archive(model="G28\n")),
        ("a.3mf", lambda: archive(plate_1__gcode="hello")),
        ("a.3mf", lambda: archive(plate_1__gcode="G28\n", slice_info__config="<con")),
        ("a.3mf", lambda: whole_3mf()[:-30]),
        ("a.3mf", lambda: whole_3mf().replace(b"\x08\x00", b"\x63\x00")),
    ],
)
def test_an_unreadable_file_cannot_be_printed(
    name: str, make: Callable[[], bytes]
) -> None:
    data = make()

    found = reading(data, name)

    assert found.fails_with == UNREADABLE
    assert (found.name, found.size, found.used) == (name, len(data), {})
    assert thumbnail(found) == b""


def test_damage_anywhere_affects_only_the_file(tmp_path: Path) -> None:
    for name in ("a.gcode", "a.3mf"):
        write_sliced(tmp_path / name, FILE)
        whole = (tmp_path / name).read_bytes()
        for seed in range(150):
            chance = random.Random(seed)
            data = bytearray(whole)
            for _ in range(chance.randint(1, 40)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            found = reading(bytes(data[: chance.randint(1, len(data))]), name)
            assert found.used or found.fails_with == UNREADABLE


def test_a_large_entry_is_not_taken_into_memory() -> None:
    bomb = "; filament_type = PLA\n" + "A" * (64 << 20)

    started = time.process_time()
    found = reading(
        archive(plate_1__gcode="G28\n", slice_info__config=bomb, plate_1__png=bomb),
        "a.3mf",
    )

    assert found.fails_with is None
    assert thumbnail(found) == b""
    assert time.process_time() - started < 5


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out.3mf"
    tools = ["--tool", "PLA:#F98D33:11.4", "--tool", "PETG:#161616:3"]

    assert main([str(path), *tools, "--minutes", "41", "--layers", "24"]) == 0

    assert "bytes" in capsys.readouterr().out
    found = reading(path.read_bytes(), "out.3mf")
    assert (found.print_seconds, found.layers) == (2460, 24)
    assert [tool.material for tool in found.used.values()] == ["PLA", "PETG"]


def test_the_command_line_makes_large_files(tmp_path: Path) -> None:
    path = tmp_path / "large.gcode"

    assert main([str(path), "--megabytes", "1.5"]) == 0

    assert path.stat().st_size == 1_500_000


@pytest.mark.parametrize(
    "arguments", [["a.3mf", "--tool", "PLA:#F98D33:0"], ["missing/a.3mf"]]
)
def test_the_command_line_reports_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    name, *rest = arguments

    assert main([str(tmp_path / name), *rest]) == 1

    assert name in capsys.readouterr().err


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "simulator.print_files.slicing",
            str(tmp_path / "a.gcode"),
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    assert "bytes" in done.stdout
    assert done.stderr == ""
