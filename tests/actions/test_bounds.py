"""What people and automations write is judged by its length before it is looked into."""

from time import process_time
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.api.commands.gcode import LONGEST_GCODE, read_gcode
from custom_components.flashforge.api.errors import GcodeLengthError
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.services import ACTIONS
from simulator import Printer

from ..support.lookups import device_of

LONG = 1_000_000

OTHER_FIELDS: dict[str, dict[str, Any]] = {
    "set_slot": {"slot": 1},
}
"""What else a call has to say, where a long text is not enough."""


def _takes_text(validator: Any) -> bool:
    """Return whether a field takes any text at all."""
    try:
        return probatio.Schema(validator)("some text") == "some text"
    except probatio.Invalid:
        return False


TEXTS = [
    (action.name, str(field))
    for action in ACTIONS
    for field, validator in (action.fields or {}).items()
    if _takes_text(validator)
]


def test_the_texts_are_found() -> None:
    assert {
        ("send_gcode", "gcode"),
        ("rename", "name"),
        ("upload_file", "name"),
        ("upload_file", "path"),
        ("upload_file", "media"),
        ("print_file", "file_name"),
        ("get_thumbnail", "file_name"),
        ("set_slot", "material"),
        ("set_slot", "color"),
    } <= {*TEXTS}


@pytest.mark.parametrize(("action", "field"), TEXTS)
@pytest.mark.parametrize("text", ["(", "a", ". ", "é", "\n", "🐉", "9"])
async def test_a_text_without_end_is_refused_at_once(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    action: str,
    field: str,
    text: str,
) -> None:
    data = {
        "device_id": device_of(hass, printer),
        **OTHER_FIELDS.get(action, {}),
        field: text * LONG,
    }
    asked = len(printer.requests)
    begin = process_time()
    with pytest.raises((probatio.Invalid, ServiceValidationError)) as raised:
        await hass.services.async_call(DOMAIN, action, data, blocking=True)
    assert process_time() - begin < 1
    assert len(str(raised.value)) < 1000
    assert len(printer.requests) == asked


@pytest.mark.parametrize(
    "worst", ["(", "()", "(a", ")(", ";", "; (", "\n", "\u2028", " ", "~", "G1 (x"]
)
def test_reading_gcode_is_linear(worst: str) -> None:
    text = (worst * LONGEST_GCODE)[:LONGEST_GCODE]
    begin = process_time()
    read_gcode(text)
    assert process_time() - begin < 0.1
    with pytest.raises(GcodeLengthError):
        read_gcode(text + "\n")


def test_what_may_be_sent_fits() -> None:
    lines = ["G1 " + "X1 " * 65 for _ in range(50)]
    told = "\n".join(f"{line} ; and why, in {'so many words ' * 10}" for line in lines)
    assert read_gcode(told) == tuple(line.strip() for line in lines)
    assert read_gcode("G28 (home) X ; (all)\n(nothing)\n~M105") == ("G28  X", "M105")
