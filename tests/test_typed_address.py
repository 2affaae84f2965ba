"""The forms in which people type where a printer is."""

from typing import Any

from aiohttp import ThreadedResolver
from aiohttp.resolver import AsyncResolver
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Printer

from .conftest import MakePrinter, SetUp, make_entry
from .support.forms import address_form
from .support.networking import Network


@pytest.fixture
async def silent(network: Network, make_printer: MakePrinter) -> Printer:
    """Return a printer that no search finds."""
    return await make_printer("creator5", host="127.0.0.46", discovery=False)


@pytest.fixture
def nobody_has_a_name(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no host name be resolved."""

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
    flow = await address_form(hass)
    return await hass.config_entries.flow.async_configure(
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
