"""Where a printer may be, and what people type for that."""

from ipaddress import IPv4Interface
from typing import Any

from aiohttp import ThreadedResolver
from aiohttp.resolver import AsyncResolver
from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from hypothesis import given, settings, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.api.network.address import (
    Address,
    AddressError,
    is_local,
    parse_address,
)
from custom_components.flashforge.const import DOMAIN
from simulator import Printer

from .conftest import MakePrinter, SetUp, make_entry
from .support.networking import Network

OWN = [IPv4Interface("192.168.7.5/24"), IPv4Interface("100.64.3.2/16")]
LOOPBACK = IPv4Interface("127.0.0.1/8")


# --- which addresses are believed -------------------------------------------------


@pytest.mark.parametrize(
    ("address", "believed"),
    [
        ("192.168.7.20", True),
        ("192.168.7.5", True),
        ("100.64.9.9", True),
        ("100.65.0.1", False),
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("172.31.255.254", True),
        ("172.32.0.1", False),
        ("192.168.99.1", True),
        ("192.168.7.255", False),
        ("192.168.7.0", False),
        ("100.64.255.255", False),
        ("0.0.0.0", False),
        ("0.1.2.3", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("224.0.0.1", False),
        ("225.0.0.9", False),
        ("239.255.255.250", False),
        ("169.254.10.10", False),
        ("127.0.0.1", False),
        ("8.8.8.8", False),
        ("203.0.113.5", False),
        ("::1", False),
        ("fd00::1", False),
        ("printer.local", False),
        ("", False),
        ("192.168.7.20:8898", False),
    ],
)
def test_believed_addresses(address: str, believed: bool) -> None:
    assert is_local(address, OWN) is believed


def test_loopback_only_where_the_settings_name_it() -> None:
    assert is_local("127.0.0.61", [LOOPBACK])
    assert not is_local("127.255.255.255", [LOOPBACK])
    assert not is_local("127.0.0.61", OWN)


@pytest.mark.parametrize(
    "own", ["8.8.8.7/24", "169.254.10.1/16", "0.0.0.1/8", "225.0.0.1/8"]
)
def test_own_network_makes_nothing_believed_that_never_is(own: str) -> None:
    interface = IPv4Interface(own)

    assert not is_local(str(interface.ip), [interface])
    assert not is_local(str(interface.ip + 1), [interface])


def test_link_of_two() -> None:
    assert is_local("100.64.0.9", [IPv4Interface("100.64.0.8/31")])


@settings(deadline=200, database=None)
@given(st.ip_addresses(v=4).map(str) | st.text(max_size=40))
def test_any_address(address: str) -> None:
    if is_local(address, []):
        assert address.startswith(("10.", "172.", "192.168."))


# --- what is typed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("192.168.1.5", "192.168.1.5", None),
        ("  192.168.1.5\t", "192.168.1.5", None),
        ("192.168.1.5:8898", "192.168.1.5", 8898),
        ("192.168.1.5:", "192.168.1.5", None),
        ("192.168.1.5/", "192.168.1.5", None),
        ("http://192.168.1.5", "192.168.1.5", None),
        ("http://192.168.1.5:8899/detail?x=1#y", "192.168.1.5", 8899),
        ("HTTPS://printer.local/", "printer.local", None),
        ("http:192.168.1.5", "192.168.1.5", None),
        ("http:\\\\192.168.1.5\\", "192.168.1.5", None),
        ("//192.168.1.5", "192.168.1.5", None),
        ("http://user:pass@192.168.1.5:1/", "192.168.1.5", 1),
        ("printer", "printer", None),
        ("printer.local.", "printer.local.", None),
        ("my_printer:80", "my_printer", 80),
        ("drucker-büro.local", "drucker-büro.local", None),
        ("fe80::1", "fe80::1", None),
        ("[fe80::1]", "fe80::1", None),
        ("[fe80::1%eth0]:8898", "fe80::1%eth0", 8898),
        ("http://[fd00::1]:8898/x", "fd00::1", 8898),
        ("http://fd00::1/", "fd00::1", None),
        ("１９２.168.1.5", "192.168.1.5", None),
        ("127.0.0.1", "127.0.0.1", None),
    ],
)
def test_typed_address(typed: str, host: str, port: int | None) -> None:
    assert parse_address(typed) == Address(host, port)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "http://",
        "http:///",
        ":8898",
        "no such host",
        "192.168.1.5 8898",
        "192.168.1.256",
        "192.168.1",
        "3232235777",
        "192.168.1.5:0",
        "192.168.1.5:65536",
        "192.168.1.5:99999999999999999999",
        "192.168.1.5:http",
        "192.168.1.5:٣",
        "[fe80::1",
        "[192.168.1.5]",
        "[fe80::1]x",
        "a..b",
        "-printer",
        "x" * 300,
        "x." * 1200,
        "printer\nlocal",
        "0.0.0.0",
        "０.０.０.０",
        "::",
        "255.255.255.255",
        "225.0.0.9",
        "ff02::1",
        "192.168.1.5,192.168.1.6",
        "<b>",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(AddressError):
        parse_address(typed)


@settings(deadline=200, database=None, max_examples=500)
@given(st.text(max_size=3000) | st.text("htp:/\\[]@.0129afx%-", max_size=3000))
def test_anything_typed(typed: str) -> None:
    try:
        address = parse_address(typed)
    except AddressError:
        return
    assert 0 < len(address.host) <= 253
    assert not set(address.host) & set(" /\\@[]\n\r\t")
    assert address.port is None or 0 < address.port <= 0xFFFF


# --- the forms --------------------------------------------------------------------


@pytest.fixture
async def silent(network: Network, make_printer: MakePrinter) -> Printer:
    """Return a printer that no search finds."""
    return await make_printer("creator5", host="127.0.0.46", discovery=False)


@pytest.fixture
def nobody_has_a_name(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no name server know anybody."""

    async def refuse(*_: Any, **__: Any) -> Any:
        raise OSError(None, "unknown name")

    network.resolves_no_names()
    monkeypatch.setattr(AsyncResolver, "resolve", refuse)
    monkeypatch.setattr(ThreadedResolver, "resolve", refuse)


def forms_of(printer: Printer) -> list[str]:
    """Return the ways in which people type where a printer is."""
    place = f"{printer.host}:{printer.http_port}"
    return [place, f"http://{place}", f"https://{place}/detail?x=1", f" //{place}/ "]


async def manual(hass: HomeAssistant, host: str, port: int = 8898) -> ConfigFlowResult:
    """Type an address into the form for a new printer."""
    manager = hass.config_entries.flow
    flow = await manager.async_init(DOMAIN, context={"source": SOURCE_USER})
    await hass.async_block_till_done(wait_background_tasks=True)
    flow = await manager.async_configure(flow["flow_id"])
    assert flow["step_id"] == "manual"
    return await manager.async_configure(
        flow["flow_id"], {CONF_HOST: host, "advanced": {CONF_PORT: port}}
    )


async def reconfigure(
    hass: HomeAssistant, entry: MockConfigEntry, host: str, port: int = 8898
) -> ConfigFlowResult:
    """Type an address into the form for a printer that is set up."""
    flow = await entry.start_reconfigure_flow(hass)
    return await hass.config_entries.flow.async_configure(
        flow["flow_id"], {CONF_HOST: host, "advanced": {CONF_PORT: port}}
    )


@pytest.mark.parametrize("form", range(4))
async def test_new_printer_at_whatever_was_copied(
    hass: HomeAssistant, silent: Printer, form: int
) -> None:
    flow = await manual(hass, forms_of(silent)[form])

    assert flow["step_id"] == "serial"
    manager = hass.config_entries.flow
    await manager.async_configure(flow["flow_id"], {"serial_number": silent.serial})
    flow = await manager.async_configure(
        flow["flow_id"], {"check_code": silent.check_code}
    )
    assert (flow["data"][CONF_HOST], flow["data"][CONF_PORT]) == (
        silent.host,
        silent.http_port,
    )


@pytest.mark.parametrize("form", range(4))
async def test_printer_that_is_set_up_at_whatever_was_copied(
    hass: HomeAssistant, silent: Printer, set_up: SetUp, form: int
) -> None:
    entry = make_entry(silent)
    await set_up(entry)
    await silent.move("127.0.0.47")

    flow = await reconfigure(hass, entry, forms_of(silent)[form])
    await hass.async_block_till_done()

    assert flow["reason"] == "reconfigure_successful"
    assert (entry.data[CONF_HOST], entry.data[CONF_PORT]) == (
        "127.0.0.47",
        silent.http_port,
    )


@pytest.mark.usefixtures("nobody_has_a_name")
@pytest.mark.parametrize(
    ("host", "errors"),
    [
        ("no-such-printer", {"base": "unknown_host"}),
        ("http://no-such-printer.local/", {"base": "unknown_host"}),
        ("192.168.1.256", {"host": "invalid_address"}),
        ("0.0.0.0", {"host": "invalid_address"}),
        ("http://", {"host": "invalid_address"}),
    ],
)
async def test_what_was_typed_is_told_apart(
    hass: HomeAssistant,
    silent: Printer,
    set_up: SetUp,
    host: str,
    errors: dict[str, str],
) -> None:
    flow = await manual(hass, host)
    assert (flow["step_id"], flow["errors"]) == ("manual", errors)

    entry = make_entry(silent)
    await set_up(entry)
    flow = await reconfigure(hass, entry, host)
    assert (flow["step_id"], flow["errors"]) == ("reconfigure", errors)


async def test_several_printers_behind_one_address(
    hass: HomeAssistant, network: Network, make_printer: MakePrinter, set_up: SetUp
) -> None:
    here = "127.0.0.48"
    forwarded = await make_printer("creator5", host=here, discovery=False)
    heard = await network.printer("ad5x", host=here)
    await set_up(make_entry(heard))

    flow = await manual(hass, here, forwarded.http_port)

    assert flow["step_id"] == "serial"
    manager = hass.config_entries.flow
    flow = await manager.async_configure(
        flow["flow_id"], {"serial_number": forwarded.serial}
    )
    flow = await manager.async_configure(flow["flow_id"], {"check_code": "1"})
    assert flow["errors"] == {"base": "wrong_code"}
    flow = await manager.async_configure(
        flow["flow_id"], {"check_code": forwarded.check_code}
    )
    assert flow["result"].unique_id == forwarded.serial


async def test_older_printer_in_front_of_another(
    hass: HomeAssistant, network: Network, make_printer: MakePrinter
) -> None:
    here = "127.0.0.49"
    forwarded = await make_printer("5m", host=here, discovery=False)
    await network.printer("adventurer3", host=here)

    flow = await manual(hass, here, forwarded.http_port)

    assert flow["step_id"] == "serial"
