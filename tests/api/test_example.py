"""The library works without Home Assistant: the example of the documents runs."""

import asyncio
from pathlib import Path
import sys

from simulator import Printer

DOCS = Path(__file__).parents[2] / "docs"
HOST = "127.0.0.114"

PROGRAM = """
import asyncio, sys
from pathlib import Path

sys.modules["homeassistant"] = None
from example import store
from flashforge import Ports

serial, code, file, network, port = sys.argv[1:]
ports = Ports(multicast=(), broadcast=(int(port),), fallback=())
asyncio.run(store(serial, code, Path(file), network, ports))
"""


async def test_a_printer_is_found_read_and_given_a_file(tmp_path: Path) -> None:
    part = tmp_path / "My part.gcode"
    part.write_bytes(b"G28\n" * 1000)
    ports = {"http_port": 0, "discovery_port": 0, "camera_port": 0, "tcp_port": 0}
    async with Printer("ad5x", host=HOST, **ports) as printer:
        program = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            PROGRAM,
            printer.serial,
            printer.check_code,
            part,
            f"{HOST}/32",
            str(printer.discovery_port),
            cwd=DOCS,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, failed = await program.communicate()

    assert program.returncode == 0, failed.decode()
    assert "status=<Status.IDLE: 'idle'>" in said.decode()
    assert "Stored: ['My_part.gcode'" in said.decode()
    assert "My_part.gcode" in [each.name for each in printer.files]
