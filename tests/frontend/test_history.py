"""The prints that are over, as the cards ask for them, in a running Home Assistant."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from homeassistant.auth.models import User
from homeassistant.auth.permissions import PolicyPermissions
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.auth.permissions.models import PermissionLookup
from homeassistant.components import frontend
from homeassistant.components.recorder import get_instance
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    CLIENT_ID,
    MockConfigEntry,
    MockUser,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    RecorderInstanceContextManager,
    WebSocketGenerator,
)

from custom_components.flashforge.const import SIGNAL_LAST_FRAME
from custom_components.flashforge.frontend.history import tell_changes
from custom_components.flashforge.printer.job_events import PrintEventType as Kind
from custom_components.flashforge.prints import history_sources
from custom_components.flashforge.prints.history import (
    PastPrint,
    Record,
    merged,
    totals,
)
from custom_components.flashforge.prints.history_sources import past_print
from custom_components.flashforge.prints.last_frames import (
    FinishedPrints,
    finished_folder,
)
from simulator import Printer

from ..conftest import MakePrinter, PassTime, SetUp, make_entry
from ..support.jobs import load, start_printing
from ..support.lookups import device_of, entity_id, restart

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def mock_recorder_before_hass(
    async_test_recorder: RecorderInstanceContextManager,
) -> None:
    """Prepare the database."""


@pytest.fixture
def pages(hass: HomeAssistant) -> None:
    """Let Home Assistant's pages be there: its package of them is not installed here."""
    hass.data[frontend.DATA_EXTRA_MODULE_URL] = frontend.UrlManager(lambda *_: None, [])
    hass.config.components.add(frontend.DOMAIN)


@pytest.fixture
async def recorded(recorder_mock: object, pages: None, loaded: MockConfigEntry) -> None:
    """Set up a printer whose events are recorded."""


@pytest.fixture
async def forgetful(pages: None, loaded: MockConfigEntry) -> None:
    """Set up a printer in a Home Assistant without a recorder."""


class Asks:
    """Asks like a page does; a new page each time, because the time jumps between."""

    def __init__(
        self, hass: HomeAssistant, connect: WebSocketGenerator, user: MockUser
    ) -> None:
        """Connect to nothing yet."""
        self.hass = hass
        self.connect = connect
        self.user = user

    def allow(self, policy: Mapping[str, Any]) -> None:
        """Let only a policy about entities decide what the person may do."""
        self.user = MockUser(groups=[]).add_to_hass(self.hass)
        lookup = PermissionLookup(er.async_get(self.hass), dr.async_get(self.hass))
        self.user.permissions = PolicyPermissions({"entities": policy}, lookup)

    async def log_in(self) -> str:
        """Return a token of now."""
        refresh = await self.hass.auth.async_create_refresh_token(self.user, CLIENT_ID)
        return self.hass.auth.async_create_access_token(refresh)

    async def answer(self, **message: Any) -> dict[str, Any]:
        """Return the whole answer."""
        client = await self.connect(self.hass, await self.log_in())
        await client.send_json_auto_id({"type": "flashforge/history"} | message)
        answer: dict[str, Any] = await client.receive_json()
        await client.close()
        return answer

    async def __call__(self, **message: Any) -> dict[str, Any]:
        """Return what is told."""
        answer = await self.answer(**message)
        assert answer["success"], answer
        result: dict[str, Any] = answer["result"]
        return result


@pytest.fixture
def ask(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, hass_admin_user: MockUser
) -> Asks:
    """Return what asks for the history."""
    return Asks(hass, hass_ws_client, hass_admin_user)


async def print_once(
    printer: Printer, pass_time: PassTime, end: str = "finish_job", seconds: float = 60
) -> None:
    """Let a print begin and end, and clear the plate."""
    start_printing(printer)
    await pass_time(seconds)
    getattr(printer.machine, end)()
    await pass_time(20)
    printer.machine.clear_plate()
    await pass_time(20)


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_each_print_is_told_once_with_what_is_known_of_it(
    hass: HomeAssistant,
    recorded: None,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    ask: Asks,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    load(printer, "PLA", "PLA", "PLA", "PLA")
    await pass_time(30)
    start_printing(printer)
    job = printer.machine.job
    assert job is not None
    await pass_time(60)
    printer.machine.finish_job()
    await pass_time(20)
    printer.machine.clear_plate()
    await pass_time(20)
    await print_once(printer, pass_time, "cancel", 450)
    await async_wait_recording_done(hass)
    await restart(hass, loaded)

    told = await ask()
    assert told["count"] == 2
    canceled, finished = told["prints"]
    assert [canceled["result"], finished["result"]] == ["canceled", "finished"]
    assert canceled["last"] is True
    assert "last" not in finished
    assert finished["printer"] == device_of(hass, printer)
    assert finished["file"] == job.name
    assert finished["weight"] == pytest.approx(job.file.filament_g, abs=0.01)
    assert finished["duration"] == pytest.approx(int(job.elapsed), abs=20)
    assert finished["colors"] == ["#FFFFFF"]
    assert 0 < canceled["weight"] < job.file.filament_g
    # Who cancels has just seen it, so only the finished one has a picture of its own.
    picture = await (await hass_client_no_auth()).get(finished["picture"])
    assert picture.status == HTTPStatus.OK
    assert picture.content_type == "image/jpeg"

    (total,) = told["totals"]
    assert (total["prints"], total["judged"], total["finished"]) == (2, 2, 1)
    assert total["weight"] == pytest.approx(
        finished["weight"] + canceled["weight"], abs=0.1
    )
    began = dt_util.parse_datetime(total["since"])
    assert began is not None
    assert dt_util.utcnow() - began < timedelta(days=1)


async def test_without_a_recorder_the_last_print_is_told_and_nothing_summed_up(
    hass: HomeAssistant,
    forgetful: None,
    printer: Printer,
    pass_time: PassTime,
    ask: Asks,
) -> None:
    await pass_time(30)
    await print_once(printer, pass_time, "cancel")
    await print_once(printer, pass_time, "cancel")
    told = await ask()
    assert [each["result"] for each in told["prints"]] == ["canceled"]
    assert told["totals"] == []


async def test_pictures_tell_of_prints_that_are_older_than_the_rest(
    hass: HomeAssistant,
    recorded: None,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    ask: Asks,
) -> None:
    folder = finished_folder(hass) / loaded.entry_id

    def put(*names: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            Path(folder, name).write_bytes(b"picture")

    now = dt_util.utcnow()
    soon = f"{now:%Y%m%dT%H%M%S%f}"
    await hass.async_add_executor_job(
        put,
        "00000001_20260102T030405000000_completed_Vase.3mf.jpg",
        # The printer shows an error now: that print is not over.
        f"00000002_{soon}_failed_Boat.3mf.jpg",
        "notes.txt",
    )
    await pass_time(30)
    await async_wait_recording_done(hass)
    told = await ask()
    (vase,) = told["prints"]
    assert (vase["file"], vase["result"]) == ("Vase.3mf", "finished")
    assert vase["time"] == "2026-01-02T03:04:05+00:00"
    assert not {"weight", "duration", "colors", "last"} & set(vase)
    assert [each["prints"] for each in told["totals"]] == [0]


async def test_a_page_at_a_time_of_one_printer_or_all(
    hass: HomeAssistant,
    recorded: None,
    printer: Printer,
    pass_time: PassTime,
    make_printer: MakePrinter,
    set_up: SetUp,
    ask: Asks,
) -> None:
    other = await make_printer("5m")
    await set_up(make_entry(other))
    await pass_time(30)
    for each in (printer, other, printer):
        await print_once(each, pass_time)
    await async_wait_recording_done(hass)
    mine, others = device_of(hass, printer), device_of(hass, other)
    everything = await ask()
    assert [each["printer"] for each in everything["prints"]] == [mine, others, mine]
    assert (await ask(printer=others))["count"] == 1
    page = await ask(start=1, limit=1)
    assert page["prints"][0]["printer"] == others
    assert page["count"] == 3
    assert (await ask(start=3))["prints"] == []
    assert await ask(printer="unknown") == {"prints": [], "count": 0, "totals": []}
    for wrong in ({"limit": 0}, {"limit": 101}, {"start": -1}, {"printer": 5}):
        assert (await ask.answer(**wrong))["error"]["code"] == "invalid_format"


@pytest.mark.parametrize(
    ("policy", "sees"), [({"all": {POLICY_READ: True}}, True), ({}, False)]
)
async def test_only_those_who_may_see_a_printer_hear_of_its_prints(
    hass: HomeAssistant,
    forgetful: None,
    printer: Printer,
    pass_time: PassTime,
    ask: Asks,
    policy: Mapping[str, Any],
    sees: bool,
) -> None:
    await pass_time(30)
    await print_once(printer, pass_time)
    ask.allow(policy)
    assert (await ask())["count"] == sees
    device = device_of(hass, printer)
    for command in ("flashforge/history", "flashforge/history/changes"):
        answer = await ask.answer(type=command, printer=device)
        assert answer["success"] is sees
        if not sees:
            assert answer["error"]["code"] == "unauthorized"


def watch(hass: HomeAssistant, user: User, heard: list[str]) -> Callable[[], None]:
    """Listen like a page; a real one would not survive the time that passes here."""
    connection = SimpleNamespace(
        user=user,
        subscriptions={},
        send_event=lambda _: heard.append("changed"),
        send_result=lambda _: None,
    )
    tell_changes(hass, cast("ActiveConnection", connection), {"id": 1})
    stop: Callable[[], None] = connection.subscriptions[1]
    return stop


async def test_a_page_that_listens_is_told_over_its_connection(
    hass: HomeAssistant,
    forgetful: None,
    loaded: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "flashforge/history/changes"})
    assert (await client.receive_json())["success"]
    async_dispatcher_send(hass, SIGNAL_LAST_FRAME, "another", NOON)
    async_dispatcher_send(hass, SIGNAL_LAST_FRAME, loaded.entry_id, NOON)
    assert (await client.receive_json())["type"] == "event"
    await client.send_json_auto_id({"type": "unsubscribe_events", "subscription": 1})
    assert (await client.receive_json())["success"]


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_a_page_is_told_of_each_end_and_of_nothing_else(
    hass: HomeAssistant,
    recorded: None,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    make_printer: MakePrinter,
    set_up: SetUp,
    hass_admin_user: User,
) -> None:
    heard: list[str] = []
    stop = watch(hass, hass_admin_user, heard)
    await pass_time(30)
    start_printing(printer)
    await pass_time(60)
    assert heard == []
    printer.machine.cancel()
    await pass_time(20)
    assert heard == ["changed"]
    # A printer that is set up later or anew is followed as well.
    await restart(hass, loaded)
    other = await make_printer("5m")
    await set_up(make_entry(other))
    heard.clear()
    await pass_time(60)
    await print_once(other, pass_time, "cancel")
    assert heard == ["changed"]
    printer.machine.clear_plate()
    await pass_time(20)
    await print_once(printer, pass_time, "cancel")
    assert heard == ["changed", "changed"]
    # A picture comes after its end.
    heard.clear()
    await print_once(printer, pass_time)
    assert heard == ["changed", "changed"]
    stop()
    await print_once(printer, pass_time)
    assert heard == ["changed", "changed"]


def event(kind: str, **attributes: object) -> PastPrint | None:
    """Return what is read of an event."""
    return past_print(NOON.isoformat(), {"event_type": kind} | attributes)


def test_only_what_is_sure_is_read_of_an_event() -> None:
    numbers = {"filament_weight": 20.0, "progress": 25.0, "duration": 600}
    finished = event("finished", **numbers)
    assert finished is not None
    assert (finished.weight, finished.duration, finished.time) == (20.0, 600, NOON)
    canceled = event("canceled", **numbers)
    assert canceled is not None
    assert (canceled.weight, canceled.duration) == (5.0, 600)
    for kind in ("failed", "ended"):
        # It may have gone on after the last answer.
        unseen = event(kind, **numbers)
        assert unseen is not None
        assert (unseen.weight, unseen.duration) == (None, None)
        seen = event(kind, **numbers, filament={"2": 4.5})
        assert seen is not None
        assert (seen.weight, seen.duration) == (4.5, 600)
        two = event(kind, **numbers, filament={"1": None, "2": 4.5})
        assert two is not None
        assert two.weight is None
    assert event("canceled", filament_weight=20.0) == PastPrint(
        result=Kind.CANCELED, time=NOON
    )


@pytest.mark.parametrize(
    "attributes",
    [
        {},
        {"event_type": "paused"},
        {"event_type": ["finished"]},
        {"event_type": None, "file": "x"},
    ],
)
def test_another_event_is_no_end(attributes: dict[str, object]) -> None:
    assert past_print(NOON.isoformat(), attributes) is None


def test_what_cannot_be_read_of_an_event_is_left_out() -> None:
    assert past_print(
        "unavailable",
        {
            "event_type": "finished",
            "job_id": 5,
            "file": {"a": 1},
            "began": "yesterday",
            "duration": -1,
            "filament_weight": float("nan"),
            "filament": ["1"],
            "colors": {"1": "red;}", "2": None, "3": "#ff0000"},
        },
    ) == PastPrint(result=Kind.FINISHED, colors=("#FF0000",))


def past(hours: float, **known: Any) -> PastPrint:
    """Return a print that ended some hours before noon."""
    return PastPrint(
        **{
            "result": Kind.FINISHED,
            "file": "Vase.3mf",
            "time": NOON - timedelta(hours=hours),
        }
        | known
    )


def test_sources_are_put_together_by_job_or_by_file_and_time() -> None:
    long = "A name that is longer than what is cut of it" + "x" * 100
    kept = Record(
        prints=(
            past(1, job_id="3", weight=5.0),
            past(2, job_id="2", file=long, began=NOON - timedelta(hours=3)),
            past(6, job_id="1"),
        ),
        since=NOON - timedelta(hours=10),
    )
    pictures = Record(
        prints=(
            past(0.99, picture="c"),
            # The printer showed an error before the end, and was photographed then.
            past(2.5, file=long[:100], picture="b"),
            past(4, picture="of a print that goes on"),
            past(12, picture="a"),
        )
    )
    found = merged([Record(prints=(past(1, job_id="3", weight=4.0),)), kept, pictures])
    assert [(each.job_id, each.picture) for each in found.prints] == [
        ("3", "c"),
        ("2", "b"),
        ("1", None),
        (None, "a"),
    ]
    assert found.prints[0].weight == 4.0
    assert found.since == kept.since
    # Of an end at an unknown time, neither file nor picture can be found.
    unknown = merged([Record(prints=(past(0, time=None),)), pictures])
    assert len(unknown.prints) == 5
    assert unknown.prints[-1].time is None


def test_sums_begin_where_everything_is_known() -> None:
    prints = (
        past(24, weight=10.0, duration=3600),
        past(48, result=Kind.FAILED, weight=2.5),
        past(72, result=Kind.ENDED),
        past(24 * 20, weight=100.0, duration=7200),
        past(0, time=None, weight=1000.0),
    )
    whole = Record(prints=prints, since=NOON - timedelta(days=90))
    week, month = totals([whole, Record(prints=prints)], NOON)
    assert (week.days, week.prints, week.judged, week.finished) == (7, 3, 2, 1)
    assert (week.weight, week.duration) == (12.5, 3600)
    assert (month.prints, month.weight, month.duration) == (4, 112.5, 10800)
    part = Record(prints=prints, since=NOON - timedelta(hours=60))
    (short,) = totals([part], NOON)
    assert (short.since, short.prints) == (part.since, 2)
    # A printer that came later counts from its own begin.
    assert [each.prints for each in totals([whole, part], NOON)] == [5, 6]
    assert totals([Record(prints=prints)], NOON) == ()
    (nothing,) = totals([Record(since=NOON)], NOON)
    assert (nothing.prints, nothing.weight, nothing.duration) == (0, None, None)


async def test_what_is_not_recorded_is_not_summed_up(
    hass: HomeAssistant,
    recorded: None,
    printer: Printer,
    pass_time: PassTime,
    ask: Asks,
    monkeypatch: pytest.MonkeyPatch,
    entity_registry: er.EntityRegistry,
) -> None:
    await pass_time(30)
    for _ in range(3):
        await print_once(printer, pass_time, "cancel")
    await async_wait_recording_done(hass)
    assert (await ask())["count"] == 3
    # More than can be read happened in every window.
    monkeypatch.setattr(history_sources, "MOST_STATES", 2)
    shorter = await ask()
    assert shorter["count"] >= 1
    assert shorter["totals"] == []
    monkeypatch.undo()
    event_id = entity_id(hass, "event", printer, "print")
    monkeypatch.setattr(
        get_instance(hass), "entity_filter", lambda each: each != event_id
    )
    told = await ask()
    assert (told["count"], told["totals"]) == (1, [])
    monkeypatch.undo()
    entity_registry.async_update_entity(
        event_id, disabled_by=er.RegistryEntryDisabler.USER
    )
    await hass.async_block_till_done()
    told = await ask()
    assert (told["count"], told["totals"]) == (1, [])


async def test_pictures_that_cannot_be_listed_cost_only_themselves(
    hass: HomeAssistant,
    forgetful: None,
    printer: Printer,
    pass_time: PassTime,
    ask: Asks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await pass_time(30)
    await print_once(printer, pass_time)

    async def broken(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FinishedPrints, "async_list", broken)
    (only,) = (await ask())["prints"]
    assert "finished" not in only["picture"]
