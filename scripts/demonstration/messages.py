"""A receiver of messages and an automation from a blueprint that uses it."""

from .hub import Hub, entities_of
from .receiver import BLUEPRINTS, SCREEN

RECEIVER = "notify.screen"
NAME = "Tell me about my prints"

_ID = "tell_me_about_my_prints"


async def offer(hub: Hub, serial: str) -> None:
    """Add the receiver, and let the blueprint tell it about a printer."""
    if not await hub.command("config_entries/get", domain=SCREEN):
        await hub.begin_flow(SCREEN)
    entities = entities_of(await hub.entities(), serial)
    inputs: dict[str, object] = {
        "printer": entities["sensor", "status"],
        "events": ["started", "finished", "paused", "resumed", "canceled", "failed"],
        "others": [RECEIVER],
        "file": entities["sensor", "file"],
        "error": entities["sensor", "error"],
    }
    path = f"{BLUEPRINTS.name}/tell_me.yaml"
    await hub.post(
        f"/api/config/automation/config/{_ID}",
        {"alias": NAME, "use_blueprint": {"path": path, "input": inputs}},
    )


async def shown(hub: Hub) -> list[str]:
    """Return the messages that are on the page now."""
    found = await hub.command("persistent_notification/get")
    return [str(each["message"]).strip() for each in found]
