"""What a person reads when an order to an older printer fails, for each way to fail."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from simulator import LINES, Fault, Printer

from .support.lookups import call, device_of
from .support.timing import Time

type Order = Callable[[HomeAssistant, Printer], Awaitable[Any]]


def _act(action: str, **data: Any) -> Order:
    return lambda hass, printer: hass.services.async_call(
        DOMAIN, action, {"device_id": device_of(hass, printer), **data}, blocking=True
    )


def _on(platform: str, service: str, key: str, **data: Any) -> Order:
    return lambda hass, printer: call(hass, platform, service, printer, key, **data)


ORDERS: dict[str, tuple[str, Order]] = {
    "light": ("M146", _on("light", "turn_on", "light")),
    "nozzle": ("M104", _on("number", "set_value", "nozzle_target", value=200)),
    "bed": ("M140", _on("number", "set_value", "bed_target", value=50)),
    "fan": ("M106", _on("fan", "turn_on", "part_fan")),
    "home": ("G28", _act("home")),
    "move": ("G1", _act("move", x=5)),
    "gcode": ("G4", _act("send_gcode", gcode="G4 P10")),
}
"""The line that each order sends, and the order."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to fail: at the whole port, at the login or at the command itself."""

    fault: Fault
    at: str
    key: str
    seconds: float | None = None


WAYS = (
    # Nothing that changes anything was sent: the printer does not answer.
    Way(fault=Fault.REFUSE, at="port", key="unreachable"),
    Way(fault=Fault.HANG, at="port", key="unreachable"),
    Way(fault=Fault.EMPTY, at="port", key="unreachable"),
    Way(fault=Fault.HANG, at="login", key="unreachable"),
    Way(fault=Fault.DELAY, at="login", key="unreachable", seconds=20),
    Way(fault=Fault.EMPTY, at="login", key="unreachable"),
    # It answers, and not like a printer.
    Way(fault=Fault.CUT, at="login", key="unreadable"),
    Way(fault=Fault.TRUNCATED, at="login", key="unreadable"),
    Way(fault=Fault.GARBAGE, at="login", key="unreadable"),
    # The order went out: nobody knows whether it was carried out.
    Way(fault=Fault.HANG, at="command", key="line_channel_broken"),
    Way(fault=Fault.DELAY, at="command", key="line_channel_broken", seconds=80),
    Way(fault=Fault.CUT, at="command", key="line_channel_broken"),
    Way(fault=Fault.TRUNCATED, at="command", key="line_channel_broken"),
    Way(fault=Fault.EMPTY, at="command", key="line_channel_broken"),
    Way(fault=Fault.GARBAGE, at="command", key="unreadable"),
)


async def fails(time: Time, ordered: Awaitable[Any]) -> str | None:
    """Return the key of the error with which an order ends."""
    with pytest.raises(HomeAssistantError) as caught:
        await time.passes_until(ordered, 120)
    assert caught.value.translation_domain == DOMAIN
    return caught.value.translation_key


@pytest.fixture
def model() -> str:
    return "adventurer3"


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.fault}-{way.at}")
async def test_each_way_to_fail_has_its_text(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    way: Way,
    order: str,
) -> None:
    line, ordered = ORDERS[order]
    paths = {"port": LINES, "login": f"{LINES}/M601", "command": f"{LINES}/{line}"}
    printer.faults.add(way.fault, path=paths[way.at], seconds=way.seconds)

    assert await fails(time, ordered(hass, printer)) == way.key

    # The connection ends with it, and the same order works as soon as the printer does.
    printer.faults.clear()
    await time.passes(90)
    await time.passes_until(ordered(hass, printer), 60)


OFF = {
    "adventurer3": ("light", "nozzle", "fan", "home", "gcode"),
    "adventurer4": ("light", "bed", "move"),
    "guider3": ("nozzle", "home"),
    "creator4": ("light", "bed", "gcode"),
    "finder": ("light", "nozzle", "home"),
    # These speak HTTP.
    "ad5x": ("nozzle", "home"),
    "5m_pro": ("light", "bed", "home", "gcode"),
}


@pytest.mark.parametrize(
    ("model", "order"),
    [(model, order) for model, orders in OFF.items() for order in orders],
)
async def test_a_printer_that_is_off_is_told_as_such(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    order: str,
) -> None:
    """Older printers and others have the same text for it, before a poll missed them."""
    await printer.power_off()
    assert await fails(time, ORDERS[order][1](hass, printer)) == "unreachable"


@pytest.mark.parametrize("order", ORDERS)
async def test_whoever_else_has_control_is_told(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    order: str,
) -> None:
    printer.seize_control()
    assert await fails(time, ORDERS[order][1](hass, printer)) == "line_channel_taken"
    assert printer.controlled
