"""Answers as they are: nothing that comes from a printer is unpacked.

No printer packs its answers. A few bytes of a packed one can be gigabytes, and unpacking
them would hold up everything else.
"""

from collections.abc import Mapping
from types import MappingProxyType

import aiohttp

_PLAIN = "identity"

IDENTITY: Mapping[str, str] = MappingProxyType({"Accept-Encoding": _PLAIN})
"""The header that asks for an answer as it is. The sender also has to switch off
that aiohttp unpacks answers, which it does before the headers can be checked."""


def foreign_encoding(response: aiohttp.ClientResponse) -> bool:
    """Return whether an answer came packed although that was not requested."""
    told = response.headers.getall("Content-Encoding", [])
    names = (name.strip().lower() for value in told for name in value.split(","))
    return any(name not in {"", _PLAIN} for name in names)
