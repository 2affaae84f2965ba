"""What several tests of the line protocol need."""

import pytest

from custom_components.flashforge.api.lines.control import LineControl
from simulator import Printer


@pytest.fixture
def model() -> str:
    """Return a model with a line channel."""
    return "5m"


@pytest.fixture
def control(printer: Printer) -> LineControl:
    """Return what sends lines to the virtual printer."""
    return LineControl(lambda: printer.host, printer.tcp_port)
