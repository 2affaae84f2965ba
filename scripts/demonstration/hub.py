"""Home Assistant's own interfaces, used as its page in the browser uses them."""

from collections.abc import Mapping, Sequence
import json
from typing import Any, Self

import aiohttp

from .home import INTEGRATION
from .server import DemoError

type Answer = dict[str, Any]
"""A JSON object from Home Assistant; its content depends on the request."""

_FLOW = "/api/config/config_entries/flow"


class Hub:
    """A logged-in connection: REST for flows, the websocket for everything else."""

    def __init__(self, base: str) -> None:
        """Take the address of Home Assistant."""
        self._base = base
        self._session = aiohttp.ClientSession(base)
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._number = 0

    async def __aenter__(self) -> Self:
        """Log in, as the browser does."""
        try:
            token = await self._log_in()
            self._session.headers["Authorization"] = f"Bearer {token}"
            self._socket = await self._session.ws_connect(
                "/api/websocket", max_msg_size=0
            )
            await self._socket.receive_json()
            await self._socket.send_json({"type": "auth", "access_token": token})
            await self._socket.receive_json()
        except BaseException:
            await self._session.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close both connections."""
        if self._socket is not None:
            await self._socket.close()
        await self._session.close()

    async def _log_in(self) -> str:
        client = f"{self._base}/"
        async with self._session.post(
            "/auth/login_flow",
            json={
                "client_id": client,
                "redirect_uri": client,
                "handler": ["trusted_networks", None],
            },
        ) as response:
            code = (await response.json()).get("result")
        async with self._session.post(
            "/auth/token",
            data={
                "grant_type": "authorization_code",
                "client_id": client,
                "code": str(code),
            },
        ) as response:
            if response.status != 200:
                raise DemoError("Home Assistant refused the login of the demo.")
            return str((await response.json())["access_token"])

    async def command(self, kind: str, **fields: object) -> Any:
        """Send a command through the websocket and return its result."""
        if self._socket is None:
            raise DemoError("The demo is not connected to Home Assistant.")
        self._number += 1
        await self._socket.send_json({"id": self._number, "type": kind, **fields})
        while True:
            message = await self._socket.receive()
            if message.type is not aiohttp.WSMsgType.TEXT:
                raise DemoError("Home Assistant has closed the connection.")
            answer: Answer = json.loads(message.data)
            if answer.get("id") == self._number and answer["type"] == "result":
                break
        if not answer["success"]:
            raise DemoError(f"Home Assistant refuses {kind}: {answer['error']}")
        return answer["result"]

    async def get(self, path: str) -> Any:
        """Read from the REST interface."""
        async with self._session.get(path) as response:
            return await _json(response)

    async def read(self, path: str) -> bytes:
        """Return what is served at an address, as it is."""
        async with self._session.get(path) as response:
            return await response.read()

    async def post(self, path: str, fields: Mapping[str, object]) -> Answer:
        """Write to the REST interface."""
        async with self._session.post(path, json=fields) as response:
            answer: Answer = await _json(response)
            return answer

    async def running(self) -> bool:
        """Return whether Home Assistant has finished starting."""
        return bool((await self.get("/api/config"))["state"] == "RUNNING")

    async def entries(self) -> list[Answer]:
        """Return our config entries."""
        return [*await self.command("config_entries/get", domain=INTEGRATION)]

    async def devices(self) -> dict[str, Answer]:
        """Return our devices by the serial of the printer."""
        return {
            identifier: device
            for device in await self.command("config/device_registry/list")
            for domain, identifier in device["identifiers"]
            if domain == INTEGRATION
        }

    async def discovered(self) -> dict[str, Answer]:
        """Return the flows that wait for input, by the serial of the printer."""
        flows = await self.command("config_entries/flow/progress")
        return {
            flow["context"]["unique_id"]: flow
            for flow in flows
            if flow["handler"] == INTEGRATION and flow["context"].get("unique_id")
        }

    async def entities(self) -> list[Answer]:
        """Return our entities as the registry has them."""
        listed = await self.command("config/entity_registry/list")
        return [entity for entity in listed if entity["platform"] == INTEGRATION]

    async def states(self) -> dict[str, Answer]:
        """Return all states by entity id."""
        return {state["entity_id"]: state for state in await self.get("/api/states")}

    async def begin_flow(self, integration: str = INTEGRATION) -> Answer:
        """Press "Add integration"."""
        return await self.post(_FLOW, {"handler": integration})

    async def look_at_flow(self, flow_id: str) -> Answer:
        """Return the present step of a running flow."""
        answer: Answer = await self.get(f"{_FLOW}/{flow_id}")
        return answer

    async def answer_flow(self, flow_id: str, fields: Mapping[str, object]) -> Answer:
        """Fill in a form and send it."""
        return await self.post(f"{_FLOW}/{flow_id}", fields)

    async def end_flow(self, flow_id: str) -> None:
        """Close a dialog."""
        async with self._session.delete(f"{_FLOW}/{flow_id}") as response:
            await response.read()


def entities_of(
    registry: Sequence[Answer], serial: str
) -> Mapping[tuple[str, str], str]:
    """Return the enabled entities of a printer by platform and key.

    Their unique ids start with its serial.
    """
    start = f"{serial}_"
    found: dict[tuple[str, str], str] = {}
    for entity in registry:
        unique_id, entity_id = str(entity["unique_id"]), str(entity["entity_id"])
        if unique_id.startswith(start) and entity["disabled_by"] is None:
            platform = entity_id.partition(".")[0]
            found[platform, unique_id.removeprefix(start)] = entity_id
    return found


async def _json(response: aiohttp.ClientResponse) -> Any:
    text = await response.text()
    if response.status >= 400:
        raise DemoError(
            f"Home Assistant answers {response.status} to {response.url.path}: {text}"
        )
    return json.loads(text)
