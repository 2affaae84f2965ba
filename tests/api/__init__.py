"""Tests of the printer library."""

import json
from typing import Any

from ..support import FIXTURES


def fixture(name: str) -> bytes:
    """Return a sample as it travels."""
    return (FIXTURES / name).read_bytes()


def fixture_json(name: str) -> Any:
    """Return a sample as Python objects."""
    return json.loads(fixture(name))
