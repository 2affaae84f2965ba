"""Who uses what a take-over changed is named in the repair, whatever it is."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, override

from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.takeover import users
from custom_components.flashforge.takeover.users import async_find_users

from .conftest import StoredPrinter
from .left import Left, leave
from .test_shapes import heard, start, told


async def show(hass: HomeAssistant, *views: Mapping[str, Any]) -> None:
    """Store a dashboard, as the editor does."""
    assert await async_setup_component(hass, "lovelace", {})
    await hass.data[LOVELACE_DATA].dashboards[None].async_save({"views": [*views]})


def lines_of(hass: HomeAssistant, left: Left, part: str, begin: str) -> list[str]:
    """Return the lines of the repair that begin with a text."""
    return [
        each
        for each in told(hass, left)[part].splitlines()
        if each.startswith(f"- {begin}")
    ]


def tile(entity_id: str, **more: Any) -> dict[str, Any]:
    """Return a card."""
    return {"type": "tile", "entity": entity_id, **more}


async def test_views_of_dashboards_are_named(
    hass: HomeAssistant,
    stored_printer: StoredPrinter,
    caplog: pytest.LogCaptureFixture,
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, "cestmoiroma", port=printer.http_port)
    ids = {kind: entity.entity_id for kind, entity in left.entities.items()}
    status, fan = ids["sensor/status"], ids["number/cooling_fan"]
    pause = {"action": "perform-action", "perform_action": "flashforge.pause"}
    hidden = {"condition": "state", "entity": status, "state": "READY"}
    shown = {"type": "markdown", "content": f"{{{{ states('{fan}') }}}} %"}
    deep = {"type": "grid", "cards": [{"type": "stack", "cards": [tile(fan)]}]}
    await show(
        hass,
        # Only shows what goes on.
        {"cards": [*map(tile, [status, ids["sensor/bed_current"]])]},
        {"path": "deep", "sections": [deep]},
        {"path": "words", "cards": [tile(status, visibility=[hidden])]},
        {"path": 7, "cards": [tile(status, tap_action=pause)]},
        {"path": "template", "cards": [shown]},
    )
    await start(hass, left)
    (line,) = lines_of(hass, left, "gone", fan)
    assert line.endswith(" (/lovelace/deep, /lovelace/template)")
    (line,) = lines_of(hass, left, "words", status)
    assert line.endswith(" (/lovelace/words)")
    # What has to be changed comes first.
    shown_first = [each.endswith(")") for each in told(hass, left)["gone"].splitlines()]
    assert shown_first == sorted(shown_first, reverse=True)
    (line,) = lines_of(hass, left, "others", "flashforge.pause")
    assert line.endswith(" (/lovelace/3)")
    assert "lovelace" not in "".join(
        lines_of(hass, left, "gone", ids["binary_sensor/paused"])
    )
    assert [each for each in heard(caplog) if "flashforge" in each] == []


async def test_dashboards_in_files_and_strategies_are_read(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    await stored_printer("5m_pro")
    left = leave(hass, "ghosttypes")
    light = left.entities["switch/led"].entity_id

    class Page:
        def __init__(self, config: object) -> None:
            self._config = config

        async def async_load(self, force: bool) -> object:
            if isinstance(self._config, Exception):
                raise self._config
            return self._config

    assert await async_setup_component(
        hass,
        "lovelace",
        {
            "lovelace": {
                "dashboards": {
                    "in-a-file": {
                        "mode": "yaml",
                        "title": "File",
                        "filename": "not_there.yaml",
                    }
                }
            }
        },
    )
    pages: dict[Any, Any] = hass.data[LOVELACE_DATA].dashboards
    assert "in-a-file" in pages
    card = {"type": "custom:flashforge-job-card"}
    pages["home"] = Page({"views": [{"badges": [light]}, {"cards": [card]}]})
    pages["made"] = Page({"strategy": {"type": "mine", "lamps": [light]}})
    for number, wrong in enumerate(
        (
            HomeAssistantError("broken"),
            KeyError("config"),
            None,
            5,
            [light],
            {"views": light},
            {"views": {light: 1}},
        )
    ):
        pages[f"wrong-{number}"] = Page(wrong)
    await start(hass, left)
    (line,) = lines_of(hass, left, "gone", light)
    assert "switch.turn_on → light.turn_on" in line
    assert line.endswith(" (/home/0, /made)")
    (line,) = lines_of(hass, left, "others", "custom:flashforge-job-card")
    assert line.endswith(" (/home/1)")


async def test_automations_scripts_scenes_groups_and_helpers_are_named(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    await stored_printer("5m_pro")
    left = leave(hass, "ghosttypes")
    light = left.entities["switch/led"]
    status = left.entities["sensor/machine_status"].entity_id
    trigger = {"trigger": "event", "event_type": "never"}
    template = f"{{{{ is_state('{light.entity_id}', 'on') }}}}"
    for domain, config in (
        (
            "automation",
            [
                {"alias": "By template", "triggers": trigger, "conditions": template},
                {
                    "alias": "By device",
                    "triggers": trigger,
                    "actions": {
                        "type": "turn_on",
                        "device_id": left.device,
                        "entity_id": light.id,
                        "domain": "switch",
                    },
                },
                {
                    "alias": "By state",
                    "triggers": {
                        "trigger": "state",
                        "entity_id": status,
                        "to": "ready",
                    },
                },
                {"alias": "Other", "triggers": trigger, "actions": []},
            ],
        ),
        ("script", {"lamp": {"sequence": [{"condition": template}]}}),
        ("scene", [{"name": "Night", "entities": {light.entity_id: "off"}}]),
        ("group", {"lamps": {"entities": [light.entity_id]}}),
    ):
        assert await async_setup_component(hass, domain, {domain: config})
    MockConfigEntry(
        domain="template", title="Lit", options={"state": template}
    ).add_to_hass(hass)
    await start(hass, left)
    (line,) = lines_of(hass, left, "gone", light.entity_id)
    users = line[line.rindex("(") + 1 : -1].split(", ")
    assert set(users) == {
        "automation.by_template",
        "automation.by_device",
        "script.lamp",
        "scene.night",
        "group.lamps",
        "Lit",
    }
    (line,) = lines_of(hass, left, "words", status)
    assert line.endswith(" (automation.by_state)")


async def test_the_list_is_new_whenever_the_repair_is_opened(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    stored_printer: StoredPrinter,
) -> None:
    await stored_printer("5m_pro")
    left = leave(hass, "ghosttypes")
    light = left.entities["switch/led"].entity_id
    assert await async_setup_component(hass, REPAIRS, {})
    await show(hass, {"cards": [tile(light)]})
    await start(hass, left)
    assert "(/lovelace/0)" in lines_of(hass, left, "gone", light)[0]
    await show(hass, {"cards": []})
    client = await hass_client()
    issue = f"taken_over_{left.entry.entry_id}"
    reply = await client.post(
        "/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": issue}
    )
    gone = (await reply.json())["description_placeholders"]["gone"]
    assert light in gone
    assert "(/lovelace" not in gone


async def test_many_users_are_counted(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    await stored_printer("5m_pro")
    left = leave(hass, "ghosttypes")
    light = left.entities["switch/led"].entity_id
    await show(hass, *({"cards": [tile(light)]} for _ in range(25)))
    await start(hass, left)
    assert lines_of(hass, left, "gone", light)[0].endswith("/lovelace/19, +5)")


class Endless(Sequence[Any]):
    """A list without an end, each part of which is one again; it counts what is read."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.read = 0

    @override
    def __len__(self) -> int:
        return 10**9

    @override
    def __getitem__(self, index: Any) -> Any:
        self.read += 1
        return self if index % 2 else "light.lamp"

    @override
    def __iter__(self) -> Iterator[Any]:
        return (self[index] for index in range(10**9))


def deep() -> object:
    """Return lists in lists, deeper than Python can call itself."""
    value: object = "light.lamp"
    for _ in range(20_000):
        value = [value]
    return value


def circle() -> object:
    """Return a dictionary that has itself in it."""
    value: dict[str, object] = {"entity": "light.lamp"}
    value["again"] = [value, value]
    return value


@pytest.mark.parametrize(
    "make",
    [
        deep,
        circle,
        lambda: ["light.lamp", "x" * 5_000_000],
        lambda: ["light.lamp", "a." * 2_000_000],
        lambda: ["light.lamp", *({"a": "b" * 9_999} for _ in range(2_000))],
        lambda: {None: 1, 5: b"light.lamp", "light.lamp": [object(), 3.5, True]},
        lambda: {"x": {f"light.n{n}": "light.lamp" for n in range(60_000)}},
    ],
)
async def test_a_search_of_anything_ends(
    hass: HomeAssistant, make: Callable[[], object]
) -> None:
    MockConfigEntry(domain="other", title="Odd", options={"odd": make()}).add_to_hass(
        hass
    )
    (place,) = await async_find_users(hass, frozenset({"light.lamp"}))
    assert place.name == "Odd"
    assert place.found == {"light.lamp"}


async def test_a_search_is_bounded_and_lets_others_run(hass: HomeAssistant) -> None:
    endless = Endless()
    for number in range(30):
        MockConfigEntry(
            domain="other", title=f"{number}", options={"odd": endless}
        ).add_to_hass(hass)
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    places = await async_find_users(hass, frozenset({"light.lamp"}))
    beside.cancel()
    # What is over the limit of all is not read.
    assert 0 < len(places) <= 30
    assert endless.read <= 8_000_000
    assert turns > 50


async def test_a_dashboard_that_does_not_load_costs_a_bounded_time(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent:
        async def async_load(self, force: bool) -> object:
            return await asyncio.Future()

    assert await async_setup_component(hass, "lovelace", {})
    pages: dict[Any, Any] = hass.data[LOVELACE_DATA].dashboards
    pages["silent"] = Silent()
    monkeypatch.setattr(users, "_LONGEST_LOAD", 0)
    assert await async_find_users(hass, frozenset({"light.lamp"})) == ()
