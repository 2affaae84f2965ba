"""Tests of the printer library."""

import json
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[1] / "fixtures"


def fixture(name: str) -> bytes:
    """Return a sample as it travels."""
    return (FIXTURES / name).read_bytes()


def fixture_json(name: str) -> Any:
    """Return a sample as Python objects."""
    return json.loads(fixture(name))
