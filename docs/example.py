"""Find a printer in the network, print its state and store a file on it.

Run it with ``python docs/example.py SERIAL CODE FILE``. It needs aiohttp and no Home
Assistant; ``docs/flashforge`` is a link to the library.
"""

import asyncio
from pathlib import Path
import socket
import sys

import aiohttp
from flashforge import (
    PORTS,
    Access,
    Ports,
    check_upload,
    connect,
    mark_of,
    scan,
    stored_name,
)


def own_network() -> str:
    """Return our address in a network of the usual size."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        # Nothing is sent: this only makes the system choose an address.
        sock.connect(("192.0.2.1", 9))
        return f"{sock.getsockname()[0]}/24"


async def store(
    serial: str, code: str, file: Path, network: str, ports: Ports = PORTS
) -> None:
    """Find the printer with this serial number and store a file on it."""
    found = {each.serial: each for each in await scan([network], ports=ports)}
    place = found[serial]
    assert place.http_port is not None
    access = Access(
        host=place.host, port=place.http_port, serial=serial, check_code=code
    )
    async with aiohttp.ClientSession() as session:
        printer = connect(session, access)
        state = await printer.fetch()
        print(state)
        mark = mark_of(file)
        if (problem := check_upload(state, mark.size)) is not None:
            raise problem
        name = stored_name(printer.model, file.name, start=False)
        await printer.upload(file, name, known=mark)
        print("Stored:", [each.name for each in await printer.list_files()])


if __name__ == "__main__":
    asyncio.run(store(*sys.argv[1:3], Path(sys.argv[3]), own_network()))
