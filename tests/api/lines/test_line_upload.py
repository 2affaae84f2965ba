"""A large file on its way to a printer while another program asks for its state."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from custom_components.flashforge.api.lines.printer import TcpPrinter
from custom_components.flashforge.api.lines.upload import LineUpload
from custom_components.flashforge.api.print_files.names import StoredName
from custom_components.flashforge.api.prints import PrintOptions
from simulator import StoredFile
from simulator.print_files.slicing import write_sliced
from tests.conftest import MakePrinter
from tests.support.waiting import until

SIZE = 20_000_000


@pytest.mark.parametrize(
    ("model", "firmware"), [("adventurer3", "1.1.7"), ("adventurer4", "2.3.3-3.33")]
)
async def test_twenty_megabytes(
    make_printer: MakePrinter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    model: str,
    firmware: str,
) -> None:
    virtual = await make_printer(model, firmware=firmware)

    async def arrives(_upload: LineUpload) -> None:
        """Wait for what the pause is for; the clock of the printer stands still."""
        await until(lambda: virtual.missing_bytes == 0)

    monkeypatch.setattr(LineUpload, "rest", arrives)
    virtual.quirks = replace(virtual.quirks, closing_seconds=0)
    path = tmp_path / "large.gcode"
    await asyncio.to_thread(
        write_sliced, path, StoredFile(path.name, print_seconds=600), size=SIZE
    )
    reader, other = await asyncio.open_connection(virtual.host, virtual.tcp_port)
    asked = 0
    progress: list[int] = []

    def follow(sent: int) -> None:
        nonlocal asked
        progress.append(sent)
        if len(progress) % 500 == 0:
            other.write(b"~M119\r\n")
            asked += 1

    printer = TcpPrinter(virtual.host, port=virtual.tcp_port)
    await printer.fetch()
    await printer.upload(path, StoredName("large.gcode"), on_progress=follow)

    assert progress[-1] == SIZE
    assert progress == sorted(progress)
    assert asked >= 9
    file = next(each for each in virtual.files if each.name == "large.gcode")
    assert (file.size, file.print_seconds) == (SIZE, 600)
    assert not virtual.controlled
    await printer.check_start(PrintOptions())
    other.close()
    assert reader
