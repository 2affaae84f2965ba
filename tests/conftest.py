"""A real Home Assistant and virtual printers, both on a clock that tests move."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import format_mac
from hypothesis import HealthCheck, settings
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
import pytest_socket
from syrupy.assertion import SnapshotAssertion

from custom_components.flashforge.api.camera import mjpeg
from custom_components.flashforge.api.http import transport
from custom_components.flashforge.api.lines import (
    channel as tcp,
    control as line_control,
    session as line_session,
)
from custom_components.flashforge.api.network import discovery, examination, moonraker
from custom_components.flashforge.api.network.discovery import Ports
from custom_components.flashforge.const import (
    CONF_CHECK_CODE,
    CONF_LOGS_IN,
    CONF_PRODUCT_ID,
    CONF_PROTOCOL,
    CONF_SERIAL_NUMBER,
    DOMAIN,
)

# Imported here so that Home Assistant finds ours and not the harness's folder of the name.
from custom_components.flashforge.printer import facts
from simulator import ManualClock, Printer

from .support.guard import Guard
from .support.networking import Network
from .support.place import free_port
from .support.timing import Time

# The time of an example, and of making it up, depends on the machine; what has to be fast
# has tests of its own.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

LONGEST_ID = 100
"""The longest value, in characters, that becomes part of a test's id."""

HTTP_MODELS = ("5m", "5m_pro", "ad5x", "creator5", "creator5_pro")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Use the name of an argument that is a whole file: workers make different ones."""
    if isinstance(val, bytes | str) and len(val) > LONGEST_ID:
        return argname
    return None


@pytest.fixture(autouse=True, scope="session")
def threads_end_by_themselves() -> Iterator[None]:
    """Let Home Assistant interrupt no thread when a test ends.

    The threads of its pool wake one another. On a busy machine one is interrupted after it
    woke and before it wakes the next one, which then sleeps for good.
    """
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr("homeassistant.util.executor.async_raise", lambda *_: None)
        yield


@pytest.fixture
def lasting() -> Iterator[pytest.MonkeyPatch]:
    """Return a monkeypatch that lasts for the whole test, whatever the test undoes."""
    with pytest.MonkeyPatch.context() as lasting:
        yield lasting


@pytest.fixture(autouse=True)
def loopback_sockets() -> None:
    """Allow sockets on loopback, where the virtual printers are."""
    pytest_socket.enable_socket()
    pytest_socket.socket_allow_hosts(["127.0.0.0/8"], allow_unix_socket=True)


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """Give each test a folder of its own for what the integration keeps on disk."""
    return str(tmp_path)


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations(enable_custom_integrations: None) -> None:
    """Let Home Assistant load the integration of this checkout."""


@pytest.fixture(autouse=True)
def loopback_is_the_network(lasting: pytest.MonkeyPatch) -> None:
    """Let the operating system report the loopback interface as a network."""
    address = SimpleNamespace(is_IPv6=False, ip="127.0.0.1", network_prefix=8)
    adapter = SimpleNamespace(nice_name="test0", ips=[address], index=0)
    lasting.setattr(
        "homeassistant.components.network.util.ifaddr.get_adapters", lambda: [adapter]
    )


@pytest.fixture(autouse=True)
def asks_no_real_port(
    loopback_sockets: None, lasting: pytest.MonkeyPatch
) -> Iterator[Guard]:
    """Fail a test that uses a port of a demo or a real printer."""
    guard = Guard(lasting)
    yield guard
    assert guard.met == [], "every test has a network of its own"


@pytest.fixture(autouse=True)
def discovery_port(lasting: pytest.MonkeyPatch) -> int:
    """Give each test its own ports in place of the fixed ones of real printers.

    Return the one at which printers are searched for.
    """
    port = free_port()
    ports = Ports(
        multicast=(port,), broadcast=(port,), fallback=(), fallback_source=free_port()
    )
    lasting.setattr(discovery, "PORTS", ports)
    lasting.setattr(discovery, "PROBE_PORTS", (port,))
    lasting.setattr(moonraker, "PORT", free_port())
    lasting.setattr(tcp, "PORT", free_port())
    lasting.setattr(facts, "HTTP_PORT", free_port())
    camera = free_port()
    lasting.setattr(mjpeg, "DEFAULT_PORT", camera)
    lasting.setattr(examination, "DEFAULT_PORT", camera)
    return port


@pytest.fixture(autouse=True)
def no_pause_after_a_refusal(lasting: pytest.MonkeyPatch) -> None:
    """Try a refused connection again at once; the clock stands still meanwhile."""
    lasting.setattr(transport, "REFUSED_PAUSE", 0)


@pytest.fixture(autouse=True)
def patience_without_pauses(lasting: pytest.MonkeyPatch) -> None:
    """Try a taken line channel again, and check an axis again, without a pause."""
    lasting.setattr(line_session, "LOGIN_PAUSE", 0)
    lasting.setattr(line_control, "LOOK_PAUSE", 0)


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Write snapshots in Home Assistant's form."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
def entity_registry_enabled_by_default(
    lasting: pytest.MonkeyPatch,
) -> None:
    """Enable every entity, also those that are disabled by default."""
    lasting.setattr(
        "homeassistant.helpers.entity.Entity.entity_registry_enabled_default", True
    )


@pytest.fixture
def clock() -> ManualClock:
    """Return the clock of all virtual printers of a test."""
    return ManualClock()


class MakePrinter(Protocol):
    """Switches on a virtual printer, on ports of its own."""

    async def __call__(self, model: str, **options: Any) -> Printer:
        """Return the running printer."""


@pytest.fixture
async def make_printer(
    clock: ManualClock, lasting: pytest.MonkeyPatch
) -> AsyncGenerator[MakePrinter]:
    """Return the maker of virtual printers; they are all switched off at the end.

    The line port is the same on all real printers; here it is the one of the printer
    that was made last.
    """
    printers: list[Printer] = []

    async def make(model: str, **options: Any) -> Printer:
        ports = {
            "http_port": 0,
            "camera_port": 0,
            "discovery_port": 0,
            "tcp_port": 0,
        }
        printer = Printer(model, **{"clock": clock, **ports, **options})
        printers.append(printer)
        await printer.start()
        if printer.model.lines:
            lasting.setattr(tcp, "PORT", printer.tcp_port)
        return printer

    yield make
    for printer in printers:
        await printer.stop()


@pytest.fixture
def model() -> str:
    """Return the model of the ``printer`` fixture; a test parametrizes it."""
    return "ad5x"


@pytest.fixture
def firmware() -> str | None:
    """Return the version of the ``printer`` fixture, None for the usual one."""
    return None


@pytest.fixture
async def printer(
    make_printer: MakePrinter, model: str, firmware: str | None
) -> Printer:
    """Return a running virtual printer."""
    return await make_printer(model, firmware=firmware)


def make_entry(printer: Printer, **options: Any) -> MockConfigEntry:
    """Return the entry that the config flow creates for a printer."""
    lines = not printer.model.http
    return MockConfigEntry(
        domain=DOMAIN,
        title=printer.name,
        unique_id=printer.serial,
        data={
            CONF_HOST: printer.host,
            CONF_PORT: printer.tcp_port if lines else printer.http_port,
            CONF_SERIAL_NUMBER: printer.serial,
            CONF_CHECK_CODE: "" if lines else printer.check_code,
            CONF_PRODUCT_ID: printer.model.pid or None,
            CONF_MAC: format_mac(printer.mac),
            **({CONF_PROTOCOL: "tcp", CONF_LOGS_IN: False} if lines else {}),
        },
        options=options,
    )


@pytest.fixture
def entry(printer: Printer) -> MockConfigEntry:
    """Return the entry of ``printer``, not yet added."""
    return make_entry(printer)


type SetUp = Callable[[MockConfigEntry], Awaitable[None]]


@pytest.fixture
def set_up(hass: HomeAssistant) -> SetUp:
    """Return what adds an entry to Home Assistant and waits until it is loaded."""

    async def add(entry: MockConfigEntry) -> None:
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)

    return add


@pytest.fixture
async def loaded(set_up: SetUp, entry: MockConfigEntry) -> MockConfigEntry:
    """Return the entry of ``printer``, loaded."""
    await set_up(entry)
    return entry


class PassTime(Protocol):
    """Moves the time of Home Assistant and of the printers together."""

    async def __call__(
        self, seconds: float, *, step: float = 1.0, during_a_call: bool = False
    ) -> None:
        """Let so many seconds pass, in steps, because each poll sets the time of the next.

        It never waits for what waits for the clock. ``during_a_call`` marks the calls
        that rely on this; it changes nothing.
        """


@pytest.fixture
def time(
    hass: HomeAssistant,
    clock: ManualClock,
    freezer: FrozenDateTimeFactory,
    lasting: pytest.MonkeyPatch,
) -> Time:
    """Return what lets time pass."""
    time = Time(hass, clock, freezer)
    time.watch_threads(lasting)
    return time


@pytest.fixture
def pass_time(time: Time) -> PassTime:
    """Return what lets time pass from the next whole second on."""

    async def move(
        seconds: float, *, step: float = 1.0, during_a_call: bool = False
    ) -> None:
        await time.aligned(seconds, step)

    return move


@pytest.fixture
def network(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    make_printer: MakePrinter,
    lasting: pytest.MonkeyPatch,
    discovery_port: int,
) -> Network:
    """Return a network in which printers are found."""
    return Network(hass, hass_storage, make_printer, lasting, discovery_port)


@pytest.fixture(autouse=True)
async def enable_event_loop_debug() -> None:
    """Leave the debug mode of the loop off, as in a real Home Assistant."""
