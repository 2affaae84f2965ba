"""What the dialog *Print* asks for over the websocket, besides the actions it calls."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
from homeassistant.auth.permissions import PermissionLookup, PolicyPermissions
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components import frontend
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    CLIENT_ID,
    MockConfigEntry,
    MockUser,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.flashforge.const import DOMAIN
from simulator import Printer, StoredFile, Tool
from simulator.print_files.slicing import write_sliced

from ..conftest import MakePrinter, SetUp, make_entry
from ..support.lookups import device_of

type Ask = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture(autouse=True)
def pages(hass: HomeAssistant) -> None:
    """Let Home Assistant's pages be there: its package of them is not installed here."""
    hass.data[frontend.DATA_EXTRA_MODULE_URL] = frontend.UrlManager(lambda *_: None, [])
    hass.config.components.add(frontend.DOMAIN)


@pytest.fixture
async def ask(hass: HomeAssistant, hass_ws_client: WebSocketGenerator) -> Ask:
    """Return what asks a question, and returns the whole answer."""
    assert await async_setup_component(hass, "websocket_api", {})

    async def ask(what: str, token: str | None = None, **fields: str) -> dict[str, Any]:
        # A connection that stays open is dropped when a test moves the clock.
        client = await hass_ws_client(hass, *filter(None, [token]))
        await client.send_json_auto_id({"type": f"flashforge/{what}", **fields})
        answer: dict[str, Any] = await client.receive_json()
        await client.close()
        return answer

    return ask


@pytest.mark.parametrize(
    ("model", "options"),
    [
        ("5m", ["leveling"]),
        (
            "ad5x",
            ["leveling", "flow_calibration", "first_layer_inspection", "time_lapse"],
        ),
        ("creator5_pro", ["leveling", "flow_calibration", "time_lapse"]),
        ("adventurer4", []),
    ],
)
async def test_a_printer_has_the_options_of_its_model(
    hass: HomeAssistant,
    make_printer: MakePrinter,
    set_up: SetUp,
    ask: Ask,
    model: str,
    options: list[str],
) -> None:
    printer = await make_printer(model)
    await set_up(make_entry(printer))
    answer = await ask("print_abilities", device_id=device_of(hass, printer))
    assert answer["result"]["options"] == options
    assert ".gx" in answer["result"]["types"] or model == "adventurer4"


async def test_the_files_have_pictures_that_a_browser_may_load(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    ask: Ask,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    answer = await ask("files", device_id=device_of(hass, printer))
    files = answer["result"]
    assert [file["name"] for file in files] == [file.name for file in printer.files]
    assert files[1]["weight"] == 29.7
    browser = await hass_client_no_auth()
    picture = await browser.get(files[1]["picture"])
    assert picture.status == HTTPStatus.OK
    assert (await picture.read()).startswith(b"\x89PNG")
    unsigned = await browser.get(files[1]["picture"].partition("?")[0])
    assert unsigned.status == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize("what", ["files", "print_abilities"])
@pytest.mark.parametrize(
    ("policy", "allowed"), [(POLICY_READ, False), (POLICY_CONTROL, True)]
)
async def test_only_who_may_control_the_printer_is_answered(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    ask: Ask,
    what: str,
    policy: str,
    allowed: bool,
) -> None:
    user = MockUser(groups=[]).add_to_hass(hass)
    user.permissions = PolicyPermissions(
        {"entities": {"all": {POLICY_READ: True, policy: True}}},
        PermissionLookup(er.async_get(hass), dr.async_get(hass)),
    )
    refresh = await hass.auth.async_create_refresh_token(user, CLIENT_ID)
    token = hass.auth.async_create_access_token(refresh)
    answer = await ask(what, token, device_id=device_of(hass, printer))
    assert answer["success"] is allowed
    if not allowed:
        assert answer["error"]["translation_key"] == "not_allowed"
        assert answer["error"]["translation_placeholders"] == {"printer": loaded.title}


async def test_what_cannot_be_answered_is_said_in_words_and_not_logged(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    ask: Ask,
    caplog: pytest.LogCaptureFixture,
) -> None:
    device_id = device_of(hass, printer)
    answer = await ask("files", device_id="none")
    assert answer["error"]["translation_key"] == "no_such_printer"
    await printer.stop()
    answer = await ask("files", device_id=device_id)
    assert answer["error"]["translation_key"] == "unreachable"
    await hass.config_entries.async_unload(loaded.entry_id)
    answer = await ask("files", device_id=device_id)
    assert answer["error"]["translation_key"] == "not_loaded"
    assert "Error handling message" not in caplog.text


async def test_a_file_of_the_media_folders_is_described(
    hass: HomeAssistant, loaded: MockConfigEntry, ask: Ask, tmp_path: Path
) -> None:
    hass.config.media_dirs = {"local": str(tmp_path)}
    tools = (Tool("PLA", "#F72224", 6.0),)
    vase = StoredFile("vase.3mf", print_seconds=1200, tools=tools)
    write_sliced(tmp_path / vase.name, vase)
    (tmp_path / "empty.gcode").touch()
    folder = "media-source://flashforge/prints/local"
    answer = await ask("describe", media=f"{folder}/vase.3mf")
    found = answer["result"]
    assert (found["print_time"], found["weight"]) == (1200, 6.0)
    assert found["tools"][0]["color"] == "#F72224"
    assert found["picture"].startswith("data:image/png;base64,iVBORw0KGgo")
    for media, key in (
        (f"{folder}/empty.gcode", "file_unreadable"),
        (f"{folder}/../secret.gcode", "no_such_media"),
        ("media-source://media_source/local/vase.3mf", "no_such_media"),
    ):
        answer = await ask("describe", media=media)
        assert answer["error"]["translation_key"] == key


async def test_a_file_that_is_not_printed_after_all_is_removed(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    ask: Ask,
    hass_client: ClientSessionGenerator,
    hass_admin_user: MockUser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert await async_setup_component(hass, "file_upload", {})
    client = await hass_client()

    async def send() -> str:
        form = aiohttp.FormData()
        form.add_field("file", b"G28\n", filename="keyring.gcode")
        answer = await client.post("/api/file_upload", data=form)
        file_id: str = (await answer.json())["file_id"]
        return file_id

    def left() -> list[Path]:
        return [each for each in tmp_path.rglob("*") if each.is_file()]

    assert (await ask("forget_file", file=await send()))["success"]
    assert left() == []
    checked = await send()
    await hass.services.async_call(
        DOMAIN,
        "check_file",
        {"device_id": device_of(hass, printer), "file": checked},
        blocking=True,
        return_response=True,
        context=Context(user_id=hass_admin_user.id),
    )
    assert len(left()) == 1
    assert (await ask("forget_file", file=checked))["success"]
    assert left() == []
    assert (await ask("forget_file", file="none"))["success"]
