"""Who may do what: nobody does with an action what they may not do with an entity."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from homeassistant.auth.models import User
from homeassistant.auth.permissions import PermissionLookup, PolicyPermissions
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components.media_source import URI_SCHEME
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized, UnknownUser
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
from custom_components.flashforge.media.views import thumbnail_url
from custom_components.flashforge.services import ACTIONS
from simulator import Printer

from ..support.every_action import registered, sample
from ..support.lookups import device_of, entity_id

NAMES = sorted(action.name for action in ACTIONS)

type LogIn = Callable[[Mapping[str, Any]], Awaitable[tuple[MockUser, str]]]


@pytest.fixture
def log_in(hass: HomeAssistant) -> LogIn:
    """Return what logs in a person with a policy about entities."""

    async def log_in(policy: Mapping[str, Any]) -> tuple[MockUser, str]:
        user = MockUser(groups=[]).add_to_hass(hass)
        user.permissions = PolicyPermissions(
            {"entities": policy},
            PermissionLookup(er.async_get(hass), dr.async_get(hass)),
        )
        refresh = await hass.auth.async_create_refresh_token(user, CLIENT_ID)
        return user, hass.auth.async_create_access_token(refresh)

    return log_in


async def call(
    hass: HomeAssistant, connect: WebSocketGenerator, token: str, action: str, **on: Any
) -> dict[str, Any]:
    """Call an action as the person with this token; return what the browser is told."""
    client = await connect(hass, token)
    responds = hass.services.supports_response(DOMAIN, action).value
    await client.send_json_auto_id(
        {
            "type": "call_service",
            "domain": DOMAIN,
            "service": action,
            "service_data": sample(action),
            "target": on,
            "return_response": responds != "none",
        }
    )
    answer: dict[str, Any] = await client.receive_json()
    return answer


ADMINS = {action.name for action in ACTIONS if action.admin}


def assert_refused(answer: Mapping[str, Any], action: str) -> None:
    """Check that a person is told why nothing is done, for an administrator by HA."""
    assert not answer["success"]
    told = answer["error"]["message"]
    assert told.startswith(
        "Unauthorized" if action in ADMINS else "You are not allowed to control"
    )


async def test_every_action_is_tried(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    assert registered(hass) == NAMES


@pytest.mark.parametrize("action", NAMES)
@pytest.mark.parametrize("how", ["device", "entity", "all"])
async def test_who_may_only_look_does_nothing(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
    printer: Printer,
    loaded: MockConfigEntry,
    action: str,
    how: str,
) -> None:
    target = {
        "device": {"device_id": [device_of(hass, printer)]},
        "entity": {"entity_id": [entity_id(hass, "sensor", printer, "status")]},
        "all": {"entity_id": "all"},
    }[how]
    asked, told = len(printer.requests), len(printer.lines)
    answer = await call(
        hass, hass_ws_client, hass_read_only_access_token, action, **target
    )
    assert_refused(answer, action)
    assert (len(printer.requests), len(printer.lines)) == (asked, told)


@pytest.mark.parametrize("action", NAMES)
async def test_one_entity_is_not_the_printer(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    log_in: LogIn,
    printer: Printer,
    loaded: MockConfigEntry,
    action: str,
) -> None:
    status = entity_id(hass, "sensor", printer, "status")
    _, token = await log_in({"entity_ids": {status: True}})
    answer = await call(hass, hass_ws_client, token, action, entity_id=[status])
    assert_refused(answer, action)


async def test_who_was_given_the_printer_may(
    hass: HomeAssistant,
    log_in: LogIn,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    device = device_of(hass, printer)
    _, token = await log_in({"device_ids": {device: {POLICY_CONTROL: True}}})
    answer = await call(hass, hass_ws_client, token, "list_files", device_id=[device])
    assert answer["success"], answer


async def test_what_nobody_asked_for_passes(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    assert await _list_files(hass, printer, Context())


async def test_somebody_nobody_knows(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    with pytest.raises(UnknownUser):
        await _list_files(hass, printer, Context(user_id="gone"))


async def test_a_printer_without_entities_is_nobodys(
    hass: HomeAssistant,
    hass_read_only_user: User,
    printer: Printer,
    loaded: MockConfigEntry,
    entity_registry: Any,
) -> None:
    for each in [*entity_registry.entities]:
        entity_registry.async_remove(each)
    with pytest.raises(Unauthorized):
        await _list_files(hass, printer, Context(user_id=hass_read_only_user.id))


async def _list_files(hass: HomeAssistant, printer: Printer, context: Context) -> Any:
    return await hass.services.async_call(
        DOMAIN,
        "list_files",
        {"device_id": device_of(hass, printer)},
        blocking=True,
        return_response=True,
        context=context,
    )


@pytest.mark.parametrize(
    ("policy", "status"), [({"all": {POLICY_READ: True}}, 200), ({}, 403)]
)
async def test_pictures_are_for_who_may_see_the_printer(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    log_in: LogIn,
    printer: Printer,
    loaded: MockConfigEntry,
    policy: Mapping[str, Any],
    status: int,
) -> None:
    _, token = await log_in(policy)
    client = await hass_client_no_auth()
    picture = await client.get(
        thumbnail_url(loaded.entry_id, printer.files[0].name),
        headers={"Authorization": f"Bearer {token}"},
    )
    assert picture.status == status


@pytest.mark.parametrize(
    ("policy", "sees"), [({"all": {POLICY_READ: True}}, True), ({}, False)]
)
async def test_media_are_for_who_may_see_the_printer(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    log_in: LogIn,
    printer: Printer,
    loaded: MockConfigEntry,
    policy: Mapping[str, Any],
    sees: bool,
) -> None:
    assert await async_setup_component(hass, "media_source", {})
    _, token = await log_in(policy)
    client = await hass_ws_client(hass, token)

    async def browse(path: str) -> dict[str, Any]:
        await client.send_json_auto_id(
            {
                "type": "media_source/browse_media",
                "media_content_id": f"{URI_SCHEME}{DOMAIN}{path}",
            }
        )
        answer: dict[str, Any] = await client.receive_json()
        return answer

    root = await browse("")
    titles = [child["title"] for child in root["result"]["children"]]
    assert (printer.name in titles) is sees
    files = await browse(f"/{loaded.entry_id}/files")
    assert files["success"] is sees
