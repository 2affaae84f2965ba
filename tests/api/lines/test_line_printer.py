"""A printer that only speaks lines: what its replies make of it, and what goes wrong."""

import asyncio

import aiohttp
import pytest

from custom_components.flashforge.api import connect
from custom_components.flashforge.api.connect import Access, serial_of
from custom_components.flashforge.api.errors import (
    LineChannelTakenError,
    OtherPrinterError,
    RefusedError,
    UnreachableError,
    UnreadableError,
)
from custom_components.flashforge.api.identity import Identity
from custom_components.flashforge.api.lines import reading, session as line_session
from custom_components.flashforge.api.lines.printer import TcpPrinter
from custom_components.flashforge.api.lines.who import WHO_EVERY
from custom_components.flashforge.api.models.model import Protocol
from custom_components.flashforge.api.state import Heater, Status
from tests.support.place import free_port

from .scripted import Script, Scripted, script

A3 = script("adventurer3_fw1.3.7")
POLL = ["M119", "M105", "M27"]


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up soon; nothing that these tests wait for takes as long."""
    monkeypatch.setattr(line_session, "REPLY_TIMEOUT", 0.2)
    monkeypatch.setattr(line_session, "LATE_TIMEOUT", 0.05)
    monkeypatch.setattr(line_session, "LOGIN_PAUSE", 0.01)
    monkeypatch.setattr(reading, "FIRST_PATIENCE", 0.1)
    monkeypatch.setattr(reading, "SILENCE", 0.05)


async def test_a_poll_is_one_short_connection_without_control() -> None:
    async with Scripted(A3) as server:
        printer = server.printer()
        state = await printer.fetch()
        assert server.lines == [*POLL, "M115"]
        assert await printer.fetch() == state
        assert server.lines == [*POLL, "M115", *POLL]
        assert server.connections == 2
    assert state.status is Status.IDLE
    assert state.light is True
    assert state.nozzles == (Heater(temperature=240, target=0),)
    assert state.bed == Heater(temperature=17, target=0)
    assert state.identity == Identity(
        pid=0x0008,
        name="Mock A3",
        model_name="FlashForge Adventurer III",
        firmware="1.3.7",
        mac="88:A9:A7:00:00:43",
        serial="SNMOCKA3000043",
    )
    assert state.build_volume == (150, 150, 150)
    assert state.unread == ()
    assert printer.model.name == "Adventurer 3"
    assert serial_of(state.identity) == "SNMOCKA3000043"
    assert (await printer.fetch_product()).light is True


async def test_it_is_asked_who_it_is_again_and_after_every_failure() -> None:
    async with Scripted(A3) as server:
        printer = server.printer()
        for _ in range(WHO_EVERY + 2):
            await printer.fetch()
        assert server.lines.count("M115") == 2
        replies, server.replies = server.replies, {}
        with pytest.raises(UnreachableError):
            await printer.fetch()
        server.replies = replies
        await printer.fetch()
        assert server.lines.count("M115") == 3


@pytest.mark.parametrize(
    ("name", "reply_to", "status", "progress", "file", "light"),
    [
        (
            "adventurer3_fw1.3.7",
            {"M119": 1, "M105": 1},
            Status.HEATING,
            0,
            "bracket+HS@245+10%.gx",
            False,
        ),
        (
            "adventurer3_fw1.3.7",
            {"M119": 1, "M105": 2, "M27": 1},
            Status.PRINTING,
            48,
            "bracket+HS@245+10%.gx",
            False,
        ),
        (
            "adventurer4_fw2.0.9",
            {"M119": 1, "M105": 1, "M27": 1},
            Status.PRINTING,
            11,
            "RussianDollMazeModels.gx",
            True,
        ),
        ("adventurer4_fw2.3.3", {}, Status.IDLE, None, None, False),
        ("adventurer3_fw1.1.7", {}, Status.IDLE, None, None, None),
    ],
)
async def test_captured_states(
    name: str,
    reply_to: dict[str, int],
    status: Status,
    progress: int | None,
    file: str | None,
    light: bool | None,
) -> None:
    replies = {"M115": A3["M115"], **script(name, reply_to=reply_to)}
    async with Scripted(replies) as server:
        state = await server.printer().fetch()
    assert (state.status, state.job.progress, state.job.file, state.light) == (
        status,
        progress,
        file,
        light,
    )


async def test_two_tools_and_a_mac_without_colons() -> None:
    async with Scripted(script("creator4_fw1.0.0")) as server:
        printer = server.printer()
        state = await printer.fetch()
    assert [each.temperature for each in state.nozzles] == [21, 20]
    assert state.identity.mac == "94:A4:08:00:00:46"
    assert printer.model.name == "Creator 4"


@pytest.mark.parametrize("logs_in", [False, True])
async def test_a_finder_answers_only_after_a_login(logs_in: bool) -> None:
    replies = {
        **script("finder_fw1.5"),
        "M115": script("finder2_fw2.7.2")["M115"],
        "M602": b"CMD M602 Received.\r\nControl Release.\r\nok\r\n",
    }
    async with Scripted(replies, needs_login=True) as server:
        printer = server.printer(logs_in=logs_in)
        state = await printer.fetch()
        assert printer.logs_in
        assert state.bed is None
        assert state.nozzles == (Heater(temperature=24, target=0),)
        server.lines.clear()
        await printer.fetch()
        assert server.lines == ["M601 S1", *POLL, "M602"]


async def test_a_finder_that_somebody_else_controls() -> None:
    taken = {"M601": b"CMD M601 Received.\r\nControl failed.\r\nok\r\n"}
    async with Scripted(taken, needs_login=True) as server:
        with pytest.raises(LineChannelTakenError):
            await server.printer().fetch()


async def test_a_silent_printer_is_not_taken_for_one_that_needs_a_login() -> None:
    async with Scripted({}) as server:
        printer = server.printer()
        with pytest.raises(UnreachableError) as caught:
            await printer.fetch()
        assert caught.value.silent
        assert not printer.logs_in
        assert server.lines == ["M119", "M601 S1"]


async def test_replies_that_end_with_nothing() -> None:
    spec = script("adventurer3_fw1.3.7_spec")
    async with Scripted(spec) as server:
        printer = server.printer()
        state = await printer.fetch()
        assert state.status is Status.IDLE
        assert state.nozzles == (Heater(temperature=185, target=200),)
        assert state.identity.serial == "SNMOCKA3000041"
        assert not printer.logs_in
        assert (await printer.fetch()).light is True


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\0\1\2\3",
        b"x" * 200_000,
        b"x\r\n" * 5000,
        b"CMD M119 Received.\r\nnothing of a printer\r\nok\r\n",
    ],
)
async def test_another_device(reply: bytes) -> None:
    async with Scripted({**A3, **dict.fromkeys(("M119", "M601"), reply)}) as server:
        with pytest.raises(UnreadableError):
            await server.printer().fetch()


async def test_nobody_is_there() -> None:
    with pytest.raises(UnreachableError) as caught:
        await TcpPrinter("127.0.0.1", port=free_port()).fetch()
    assert caught.value.refused
    assert not caught.value.silent


async def test_no_printer_costs_more_than_its_deadline() -> None:
    async with Scripted({}) as server:
        with pytest.raises(UnreachableError) as caught:
            await server.printer().fetch(deadline=0.01)
        assert caught.value.silent


async def test_a_newer_printer_is_not_for_this_protocol() -> None:
    async with Scripted({**A3, **script("5m_pro")}) as server:
        with pytest.raises(OtherPrinterError):
            await server.printer().fetch()


async def test_another_printer_teaches_nothing() -> None:
    known = Identity(serial="SNMOCKA3000099")
    async with Scripted({**A3, "M115": script("guider3_fw2.3.4")["M115"]}) as server:
        printer = server.printer(known=known)
        state = await printer.fetch()
    assert not known.admits(state.identity)
    assert state.status is None
    assert printer.model.name != "Guider 3"


@pytest.mark.parametrize("code", ["M105", "M27", "M115"])
async def test_what_a_printer_refuses_costs_only_that(code: str) -> None:
    refusal = f"CMD {code} Error.\r\nok\r\n".encode()
    async with Scripted({**A3, code: refusal}) as server:
        state = await server.printer().fetch()
    assert state.status is Status.IDLE
    assert bool(state.nozzles[0].temperature) is (code != "M105")


async def test_a_printer_that_refuses_to_tell_its_state() -> None:
    async with Scripted({**A3, "M119": b"CMD M119 Error.\r\nok\r\n"}) as server:
        with pytest.raises(RefusedError):
            await server.printer().fetch()


async def test_polls_never_overlap() -> None:
    async with Scripted(A3) as server:
        printer = server.printer()
        await asyncio.gather(*(printer.fetch() for _ in range(3)))
        heard = [line for line in server.lines if line != "M115"]
    assert heard == POLL * 3


async def test_a_broadcast_of_a_finder_is_not_ours() -> None:
    foreign = b"CMD M105 Received.\r\nT0:1 /2 B:0 /0\r\nok\r\n"
    finder: Script = {**A3, **script("finder_fw1.5")}
    async with Scripted(finder, answer=lambda reply: foreign + reply) as server:
        state = await server.printer().fetch()
    assert state.status is Status.IDLE


async def test_the_door_to_every_printer(session: aiohttp.ClientSession) -> None:
    lines = Access(
        host="127.0.0.1",
        port=1,
        serial="SNMOCKA3000043",
        protocol=Protocol.TCP,
        model_name="FlashForge Guider 3",
        logs_in=True,
    )
    printer = connect(session, lines)
    assert isinstance(printer, TcpPrinter)
    assert printer.model.name == "Guider 3"
    assert printer.logs_in
    assert printer.known == Identity(serial="SNMOCKA3000043")
    by_mac = Access(host="127.0.0.1", serial="88a9a7000043", protocol=Protocol.TCP)
    assert by_mac.identity == Identity()


def test_what_a_printer_is_known_by() -> None:
    assert serial_of(Identity(serial="SN1", mac="88:A9:A7:00:00:43")) == "SN1"
    assert serial_of(Identity(mac="88:A9:A7:00:00:43")) == "88a9a7000043"
    assert serial_of(Identity()) == ""


async def test_an_update_of_the_firmware_is_noticed() -> None:
    async with Scripted(A3) as server:
        printer = server.printer()
        await printer.fetch()
        server.needs_login = True
        with pytest.raises(UnreachableError):
            await printer.fetch()
        server.replies |= {
            "M601": b"CMD M601 Received.\r\nControl Success.\r\nok\r\n",
            "M602": b"CMD M602 Received.\r\nControl Release.\r\nok\r\n",
        }
        assert (await printer.fetch()).status is Status.IDLE
        assert printer.logs_in


async def test_a_deadline_in_the_middle_of_a_login_teaches_nothing() -> None:
    async with Scripted({}) as server:
        printer = server.printer()
        with pytest.raises(UnreachableError):
            await printer.fetch(deadline=0.15)
        assert server.lines == ["M119", "M601 S1"]
        assert not printer.logs_in


@pytest.mark.parametrize("logs_in", [False, True])
async def test_half_a_reply_until_the_deadline_is_no_silence(logs_in: bool) -> None:
    half = b"CMD M119 Received.\r\nMachineSta"
    async with Scripted({"M119": half, "M601": half}) as server:
        with pytest.raises(UnreadableError):
            await server.printer(logs_in=logs_in).fetch(deadline=0.05)


async def test_a_known_printer_that_stalls_is_not_cut_short() -> None:
    async with Scripted(A3) as server:
        printer = server.printer()
        await printer.fetch()
        server.replies["M119"] = b"CMD M119 Received.\r\nMachineStatus: READY\r\n"
        for _ in range(3):
            with pytest.raises(UnreadableError):
                await printer.fetch()


async def test_nothing_is_said_in_a_hurry_to_a_printer_that_bears_none() -> None:
    replies = {**A3, "M601": b"CMD M601 Received.\r\nControl Success.\r\nok\r\n"}
    del replies["M105"]
    async with Scripted(replies, needs_login=True) as server:
        printer = server.printer(logs_in=True)
        with pytest.raises(UnreachableError):
            await printer.fetch()
        assert server.lines == ["M601 S1", "M119", "M105"]


async def test_a_broadcast_does_not_make_us_hurry() -> None:
    login = b"CMD M601 Received.\r\nControl Success.\r\nok\r\n"
    async with Scripted({**A3, "M601": login}, needs_login=True) as server:
        printer = server.printer(logs_in=True)
        await printer.fetch()
        server.lines.clear()
        # Another program asked the same a moment ago, and everybody hears the reply.
        server.replies["M601"] += server.replies.pop("M119")
        with pytest.raises(UnreachableError):
            await printer.fetch()
        assert server.lines == ["M601 S1", "M119"]
