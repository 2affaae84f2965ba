"""The MAC address of a printer that does not report it, from the network itself.

Whoever talks to a host of its own network knows its MAC address, and Linux shows it. Behind
a router there is only that of the router, under another address
(docs/protocol/adventurer-3-4.md §4.1).
"""

import asyncio
from dataclasses import replace
from pathlib import Path

from ..wire.fields import mac
from .report import MachineReport

TABLE = Path("/proc/net/arp")
"""The hosts of the own networks, one in a line: address, kind, flags, MAC and more."""

_MOST = 1024 * 1024
# Bytes of the table that are read, many more than a home has.

_ADDRESS, _MAC = 0, 3


async def known_by_mac(machine: MachineReport, host: str | None) -> MachineReport:
    """Return who a printer is, with the MAC address of its host if it tells nothing."""
    nameless = machine.serial is None and machine.mac is None
    if host is None or machine.machine_type is None or not nameless:
        return machine
    return replace(machine, mac=await asyncio.to_thread(_mac_at, host))


def _mac_at(host: str) -> str | None:
    try:
        with TABLE.open("rb") as table:
            rows = table.read(_MOST).decode("ascii", "replace").splitlines()
    except OSError:
        return None
    for cells in map(str.split, rows):
        if len(cells) > _MAC and cells[_ADDRESS] == host:
            return mac(cells[_MAC])
    return None
