"""The set-up doctor, with virtual printers for patients."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from functools import partial
import socket
from time import monotonic
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
import pytest

from custom_components.flashforge.api.camera.mjpeg import CameraPresence
from custom_components.flashforge.api.errors import (
    BusyError,
    LanModeError,
    RefusedError,
    UnreachableError,
    UnreadableError,
    WrongCodeError,
    WrongSerialError,
)
from custom_components.flashforge.api.http import transport
from custom_components.flashforge.api.identity import Identity
from custom_components.flashforge.api.models.model import Protocol
from custom_components.flashforge.api.network import examination, moonraker
from custom_components.flashforge.api.network.discovery import probe
from custom_components.flashforge.api.network.doctor import (
    Finding,
    Step,
    diagnose,
    first_problem,
    worst,
)
from custom_components.flashforge.api.network.examination import (
    Access,
    Examination,
    examine,
)
from custom_components.flashforge.api.network.verdicts import Verdict
from custom_components.flashforge.api.state import PrinterState
from simulator import Fault, Printer
from simulator.faults import EFFECTS, Effect, Envelope
from tests.conftest import MakePrinter
from tests.support.place import free_port

HEALTHY = {
    "address": "address_known",
    "search": "search_answered",
    "firmware": "moonraker_absent",
    "port": "port_open",
    "answer": "answer_readable",
    "lan_mode": "lan_mode_on",
    "check_code": "check_code_accepted",
    "identity": "identity_confirmed",
    "model": "model_known",
    "camera": "camera_found",
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be waited for that a test knows will not come."""
    monkeypatch.setattr(transport, "REFUSED_PAUSE", 0)
    monkeypatch.setattr(moonraker, "PORT", free_port())


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """Return the port of the search, of printers that hear one."""
    port = free_port()
    monkeypatch.setattr(examination, "probe", partial(probe, port=port, timeout=1.0))
    return port


@pytest.fixture
async def printer(make_printer: MakePrinter, port: int) -> Printer:
    return await make_printer(
        "creator5_pro", host="127.0.0.81", serial="SNMOCKC5P0081", discovery_port=port
    )


def access_to(printer: Printer) -> Access:
    return Access(
        host=printer.host,
        port=printer.http_port,
        serial=printer.serial,
        check_code=printer.check_code,
        pid=printer.model.pid,
        mac=printer.mac,
    )


def keys(findings: tuple[Finding, ...]) -> dict[str, str]:
    """Return what was found, by step."""
    return {each.step: each.key for each in findings}


def skipped_after(step: Step, **found: str) -> dict[str, str]:
    """Return a healthy printer's findings up to a step, and nothing after it."""
    steps = list(Step)
    end = steps.index(step)
    return (
        {each: HEALTHY[each] for each in steps[: end + 1]}
        | dict.fromkeys(steps[end + 1 :], "skipped")
        | found
    )


async def thorough(
    session: aiohttp.ClientSession, access: Access
) -> tuple[Finding, ...]:
    return diagnose(await examine(session, access, thorough=True))


# --- a whole examination ----------------------------------------------------------


async def test_healthy_printer(
    session: aiohttp.ClientSession, printer: Printer
) -> None:
    findings = await thorough(session, access_to(printer))

    assert [each.step for each in findings] == list(Step)
    assert keys(findings) == HEALTHY
    assert {each.verdict for each in findings} == {Verdict.OK}
    assert worst(findings) is Verdict.OK
    assert first_problem(findings) is None
    facts = {each.step: each.facts for each in findings if each.facts}
    assert facts == {
        Step.SEARCH: {"model": "Creator 5 Pro"},
        Step.IDENTITY: {"serial": "…0081"},
        Step.MODEL: {"model": "Creator 5 Pro", "firmware": printer.firmware},
    }
    assert printer.count("/detail") == 1
    # The server hears a moment later that its client has gone.
    while printer.camera_clients:  # noqa: ASYNC110
        await asyncio.sleep(0)


async def test_healthy_printer_is_asked_no_more_than_needed(
    session: aiohttp.ClientSession, printer: Printer
) -> None:
    seen = await examine(session, access_to(printer))

    assert seen.is_whole
    assert (seen.announced, seen.has_moonraker, seen.camera) == (None, None, None)
    assert printer.camera_connections == 0
    findings = diagnose(seen)
    assert first_problem(findings) is None
    assert keys(findings)["camera"] == "skipped"


@pytest.mark.parametrize(
    ("fault", "step", "key", "problem"),
    [
        (Fault.REFUSE, Step.PORT, "port_closed", "unreachable"),
        (Fault.CUT, Step.PORT, "port_hangs", "unreachable"),
        (Fault.HANG, Step.PORT, "port_hangs", "unreachable"),
        (Fault.HTML, Step.ANSWER, "answer_unreadable", "unreadable"),
        (Fault.GARBAGE, Step.ANSWER, "answer_unreadable", "unreadable"),
        (Fault.TRUNCATED, Step.ANSWER, "answer_unreadable", "unreadable"),
        (Fault.NOT_FOUND, Step.ANSWER, "answer_unreadable", "unreadable"),
        (Fault.LAN_MODE_OFF, Step.LAN_MODE, "lan_mode_off", "lan_mode_off"),
    ],
)
async def test_what_stands_in_the_way_ends_the_examination(
    session: aiohttp.ClientSession,
    printer: Printer,
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
    step: Step,
    key: str,
    problem: str,
) -> None:
    monkeypatch.setattr(transport, "DEADLINE", 0.3)
    access = access_to(printer)
    printer.faults.add(fault)

    findings = await thorough(session, access)

    assert keys(findings) == skipped_after(step, **{step: key})
    first = first_problem(findings)
    assert first is not None
    assert (first.step, first.problem) == (step, problem)
    assert first.verdict is worst(findings) is Verdict.FAILED


async def test_refused_code_does_not_hide_the_rest(
    session: aiohttp.ClientSession, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "DEFAULT_PORT", printer.camera_port)
    access = replace(access_to(printer), check_code="1")

    findings = await thorough(session, access)

    assert keys(findings) == HEALTHY | {"check_code": "check_code_refused"}
    first = first_problem(findings)
    assert first is not None
    assert first.problem == "wrong_code"


async def test_refused_serial_says_nothing_of_the_code(
    session: aiohttp.ClientSession, printer: Printer
) -> None:
    printer.faults.add(Fault.WRONG_SERIAL)

    findings = await thorough(session, access_to(printer))

    assert keys(findings) == skipped_after(
        Step.IDENTITY, check_code="skipped", identity="serial_refused"
    )
    first = first_problem(findings)
    assert first is not None
    assert first.problem == "wrong_serial"


async def test_refusal_in_other_words_shows_no_serial(
    session: aiohttp.ClientSession, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Envelope(code=9, message="MOCKC5P0081 is tired")
    monkeypatch.setitem(EFFECTS, Fault.GARBAGE, Effect(instead=said))
    printer.faults.add(Fault.GARBAGE)

    findings = await thorough(session, access_to(printer))

    first = first_problem(findings)
    assert first is not None
    assert (first.key, first.problem) == ("request_refused", "refused")
    assert dict(first.facts) == {"code": "9", "reason": "*** is tired"}


@pytest.mark.parametrize("field", [{"pid": 36}, {"macAddr": "88:A9:A7:FF:FF:FF"}])
async def test_silent_printer_is_known_by_product_id_and_mac(
    session: aiohttp.ClientSession,
    make_printer: MakePrinter,
    port: int,
    field: dict[str, object],
) -> None:
    printer = await make_printer("5m_pro", host="127.0.0.82", discovery=False)
    access = access_to(printer)
    assert keys(await thorough(session, access))["identity"] == "identity_confirmed"
    printer.overrides |= {"pid": 35, **field}

    findings = await thorough(session, replace(access, pid=35))

    assert keys(findings)["search"] == "search_unanswered"
    assert keys(findings)["check_code"] == "skipped"
    assert keys(findings)["identity"] == "other_printer"


async def test_own_word_of_a_printer_counts_more_than_its_mac(
    session: aiohttp.ClientSession, printer: Printer
) -> None:
    moved_to_a_cable = replace(access_to(printer), mac="88:a9:a7:00:00:01")
    assert keys(await thorough(session, moved_to_a_cable)) == HEALTHY

    other = replace(access_to(printer), serial="SNMOCKELSE")
    findings = await thorough(session, other)

    assert keys(findings)["check_code"] == "skipped"
    assert keys(findings)["identity"] == "other_printer"
    assert keys(findings)["model"] == "skipped"


async def test_address_alone(session: aiohttp.ClientSession, printer: Printer) -> None:
    access = Access(host=printer.host, port=printer.http_port)

    seen = await examine(session, access)

    assert seen.announced is not None
    assert seen.announced_serial == printer.serial
    assert not seen.is_other
    assert keys(diagnose(seen)) == HEALTHY | {
        "firmware": "skipped",
        "check_code": "skipped",
        "identity": "skipped",
        "camera": "skipped",
    }
    assert first_problem(diagnose(seen)) is None


async def test_something_else_at_the_address(
    session: aiohttp.ClientSession, make_printer: MakePrinter, port: int
) -> None:
    printer = await make_printer("5m", host="127.0.0.83", discovery=False)
    printer.faults.add(Fault.HTML)

    findings = await thorough(
        session, Access(host=printer.host, port=printer.http_port)
    )

    first = first_problem(findings)
    assert first is not None
    assert (first.key, first.problem) == ("answer_foreign", "wrong_device")


async def test_nobody_at_the_address(
    session: aiohttp.ClientSession, printer: Printer
) -> None:
    access = access_to(printer)
    await printer.power_off()

    findings = await thorough(session, access)

    assert keys(findings) == skipped_after(
        Step.PORT, search="search_unanswered", port="port_refused"
    )


@pytest.mark.parametrize("host", ["", "no such host", "http://127.0.0.81/"])
async def test_no_address(
    session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    def refuse(*_: object, **__: object) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "unknown name")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    findings = await thorough(session, Access(host=host, serial="SNMOCK"))

    assert keys(findings) == skipped_after(Step.ADDRESS, address="address_unknown")
    first = first_problem(findings)
    assert first is not None
    assert first.problem == "unknown_host"


async def test_model_without_the_interface(
    session: aiohttp.ClientSession, make_printer: MakePrinter, port: int
) -> None:
    printer = await make_printer(
        "adventurer4_pro", host="127.0.0.84", discovery_port=port
    )

    access = Access(host=printer.host, port=free_port())
    findings = await thorough(session, access)

    first = first_problem(findings)
    assert first is not None
    assert (first.key, first.problem) == ("model_unsupported", "unsupported_model")
    assert dict(first.facts) == {"model": "Adventurer 4 Pro"}
    assert keys(findings) == skipped_after(Step.SEARCH, search="model_unsupported")


@pytest.mark.parametrize(
    ("model", "protocol", "name"),
    [
        ("adventurer4_pro", Protocol.HTTP, "Adventurer 4 Pro"),
        ("creator5", Protocol.TCP, "Creator 5"),
    ],
)
async def test_printer_of_another_kind_at_the_address(
    session: aiohttp.ClientSession,
    make_printer: MakePrinter,
    port: int,
    model: str,
    protocol: Protocol,
    name: str,
) -> None:
    printer = await make_printer(model, host="127.0.0.84", discovery_port=port)

    access = Access(
        host=printer.host, port=free_port(), serial="SNMOCK", protocol=protocol
    )
    findings = await thorough(session, access)

    first = first_problem(findings)
    assert first is not None
    assert (first.key, first.problem) == ("other_kind", "other_kind")
    assert dict(first.facts) == {"model": name}
    assert keys(findings) == skipped_after(Step.SEARCH, search="other_kind")


async def test_older_printer_whose_port_is_closed(
    session: aiohttp.ClientSession, make_printer: MakePrinter, port: int
) -> None:
    printer = await make_printer(
        "adventurer4_pro", host="127.0.0.84", discovery_port=port
    )

    access = Access(
        host=printer.host,
        port=free_port(),
        serial=printer.serial,
        protocol=Protocol.TCP,
    )
    first = first_problem(await thorough(session, access))

    assert first is not None
    assert (first.key, first.problem) == ("line_port_closed", "unreachable")


async def test_model_nobody_knows(
    session: aiohttp.ClientSession, printer: Printer
) -> None:
    printer.overrides |= {"pid": 77}

    findings = await thorough(session, replace(access_to(printer), pid=77))

    assert keys(findings) == HEALTHY | {"model": "model_unknown"}
    assert worst(findings) is Verdict.WARNING
    assert first_problem(findings) is None


# --- the camera -------------------------------------------------------------------


async def test_camera_with_a_viewer(
    session: aiohttp.ClientSession, printer: Printer
) -> None:
    url = f"http://{printer.host}:{printer.camera_port}/?action=stream"
    async with session.get(url) as stream:
        await stream.content.readany()

        findings = await thorough(session, access_to(printer))

        assert keys(findings) == HEALTHY | {"camera": "camera_taken"}
        assert printer.camera_clients == 1


async def test_camera_that_is_switched_off(
    session: aiohttp.ClientSession, make_printer: MakePrinter, port: int
) -> None:
    printer = await make_printer("5m_pro", host="127.0.0.86", discovery_port=port)
    printer.machine.stream_on = False
    findings = await thorough(session, access_to(printer))
    assert keys(findings) == HEALTHY | {"camera": "camera_off"}


async def test_camera_that_is_told_of_and_silent(
    session: aiohttp.ClientSession, printer: Printer
) -> None:
    printer.overrides["cameraStreamUrl"] = f"http://127.0.0.1:{free_port()}/"
    findings = await thorough(session, access_to(printer))
    assert keys(findings) == HEALTHY | {"camera": "camera_silent"}


async def test_printer_without_a_camera(
    session: aiohttp.ClientSession, make_printer: MakePrinter, port: int
) -> None:
    printer = await make_printer("5m", host="127.0.0.85", discovery_port=port)
    findings = await thorough(session, access_to(printer))
    assert keys(findings) == HEALTHY | {"camera": "camera_absent"}


# --- Moonraker --------------------------------------------------------------------

INFO = {"result": {"klippy_connected": True, "klippy_state": "ready"}}


@pytest.fixture
async def klipper(
    printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Callable[[web.Response], None]]:
    """Return what sets the answer of port 7125 of the printer."""
    said = web.json_response(INFO)

    async def answer(_: web.Request) -> web.Response:
        return web.Response(
            body=said.body, status=said.status, content_type=said.content_type
        )

    def say(response: web.Response) -> None:
        nonlocal said
        said = response

    app = web.Application()
    app.router.add_get("/server/info", answer)
    async with TestServer(app, host=printer.host) as server:
        assert server.port is not None
        monkeypatch.setattr(moonraker, "PORT", server.port)
        yield say


async def test_moonraker_instead_of_the_printers_own_firmware(
    session: aiohttp.ClientSession,
    printer: Printer,
    klipper: Callable[[web.Response], None],
) -> None:
    access = access_to(printer)
    printer.faults.add(Fault.REFUSE)

    findings = diagnose(await examine(session, access))

    assert keys(findings) == skipped_after(Step.FIRMWARE, firmware="moonraker_only")
    first = first_problem(findings)
    assert first is not None
    assert first.problem == "moonraker"


async def test_moonraker_beside_the_printers_own_firmware(
    session: aiohttp.ClientSession,
    printer: Printer,
    klipper: Callable[[web.Response], None],
) -> None:
    findings = await thorough(session, access_to(printer))

    assert keys(findings) == HEALTHY | {"firmware": "moonraker_beside"}
    assert worst(findings) is Verdict.WARNING
    assert first_problem(findings) is None


@pytest.mark.parametrize(
    "response",
    [
        web.json_response({"result": {"uptime": 3}}),
        web.json_response({"result": ["klippy_state"]}),
        web.json_response(["klippy_state"]),
        web.json_response(INFO, status=500),
        web.Response(text="klippy_state"),
        web.Response(body=b"[" * 100_000),
    ],
    ids=["other", "list", "no object", "broken", "no JSON", "too much"],
)
async def test_other_things_on_the_port_of_moonraker(
    session: aiohttp.ClientSession,
    printer: Printer,
    klipper: Callable[[web.Response], None],
    response: web.Response,
) -> None:
    klipper(response)
    assert not await moonraker.answers(session, printer.host)


async def test_moonraker_that_never_answers(
    session: aiohttp.ClientSession, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer.faults.add(Fault.HANG)
    monkeypatch.setattr(moonraker, "PORT", printer.http_port)
    monkeypatch.setattr(moonraker, "TIMEOUT", 0.1)

    assert not await moonraker.answers(session, printer.host)


# --- all of it --------------------------------------------------------------------


async def test_it_ends_in_time_when_everything_hangs(
    session: aiohttp.ClientSession,
    printer: Printer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert transport.DEADLINE + moonraker.TIMEOUT <= 20
    access = access_to(printer)
    printer.faults.add(Fault.HANG)
    monkeypatch.setattr(moonraker, "PORT", printer.http_port)
    monkeypatch.setattr(transport, "DEADLINE", 0.3)
    monkeypatch.setattr(moonraker, "TIMEOUT", 0.2)
    monkeypatch.setattr(
        examination, "probe", partial(probe, port=free_port(), timeout=0.2)
    )
    start = monotonic()

    findings = await thorough(session, access)

    # With the deadlines of real printers it would be 20 s.
    assert monotonic() - start < 15
    assert first_problem(findings) is not None


STATE = PrinterState(identity=Identity(pid=41))
SERIAL = Access(host="127.0.0.81", serial="SNMOCKC5P0081", check_code="secret")


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [
        (UnreachableError("silent"), "unreachable"),
        (UnreachableError("refused", refused=True), "unreachable"),
        (UnreachableError("no name", unresolved=True), "unknown_host"),
        (UnreadableError("garbage"), "unreadable"),
        (RefusedError(7, "no"), "refused"),
        (BusyError(5, "busy"), "busy"),
        (WrongCodeError(1, "code"), "wrong_code"),
        (WrongSerialError(1, "sn"), "wrong_serial"),
        (LanModeError(-2, "lan"), "lan_mode_off"),
    ],
)
def test_every_error_is_a_problem(outcome: Any, problem: str) -> None:
    first = first_problem(diagnose(Examination(access=SERIAL, outcome=outcome)))
    assert first is not None
    assert first.problem == problem


@pytest.mark.parametrize("camera", [None, *CameraPresence])
def test_no_secret_is_shown_by_accident(camera: CameraPresence | None) -> None:
    seen = Examination(access=SERIAL, outcome=STATE, camera=camera)
    for shown in (repr(seen), repr(diagnose(seen))):
        assert "secret" not in shown
        assert "SNMOCKC5P0081" not in shown
