"""Texts from a printer, a file or the network are shown as they are and forge nothing."""

import html
import json
import logging
from pathlib import Path
import pkgutil
import re
from typing import override

from homeassistant.config_entries import (
    SOURCE_INTEGRATION_DISCOVERY,
    SOURCE_USER,
    ConfigFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from hypothesis import given, settings, strategies as st
from markdown_it import MarkdownIt
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge import api
from custom_components.flashforge.api.errors import FlashForgeError, RefusedError
from custom_components.flashforge.api.texts import LONGEST, get_logger, one_line
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.exceptions import refused, translated
from custom_components.flashforge.plain_text import (
    LONGEST_LINE,
    MOST_LINES,
    plain,
    plain_texts,
)
from scripts.rules.laws import check as laws
from scripts.rules.repository import Repository
from simulator import Fault, Printer
from simulator.faults import EFFECTS, Effect, Envelope

from .api.fuzzing import in_time
from .conftest import SetUp, make_entry
from .support.networking import Network

HOSTILE = (
    '[Update](http://evil.example/u) ![p](http://evil.example/p.png) <img src="x">'
    '<ha-alert alert-type="error">Call us</ha-alert> **now** www.evil.example a@b.example'
)
FORGED = (
    "x\r\n2026-01-01 ERROR (MainThread) [homeassistant] forged\x1b[31m\u2028\x85\x00"
)

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_AUTOLINK = re.compile(
    r"(?:https?|ftp)://|(?<!\\)www\.(?=\w)|[\w.+-]+@[\w-]+\.\w", re.IGNORECASE
)
"""What becomes a link in Home Assistant's frontend without any mark around it."""


def shown(text: str) -> str:
    """Return what a person reads where markdown is rendered, failing at any markup."""
    rendered = _MARKDOWN.renderInline(text)
    assert "<" not in rendered, rendered
    assert not _AUTOLINK.search(text), text
    return html.unescape(rendered)


def assert_plain(texts: dict[str, str] | None) -> None:
    assert texts
    for text in texts.values():
        shown(text)
        assert text.isprintable()


# --- the one place ----------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Workshop",
        "part_1.gcode",
        "a__b",
        "Benchy (2) - final.gcode.3mf",
        "Tom & Jerry, R&D!",
        "AD5X · Küche",
        "127.0.0.33",
        "3.5 mm",
        "打印机",
        "50 %",
        "",
    ],
)
def test_ordinary_names_stay_as_they_are(name: str) -> None:
    assert plain(name) == name


@pytest.mark.parametrize(
    "name",
    [
        HOSTILE,
        "# heading",
        "- list",
        "+ list",
        "1. list",
        "2) list",
        "> [!NOTE] quote",
        "---",
        "===",
        "| a | b |",
        "~~gone~~",
        "_x_ *y* __z__",
        "`code` ``code``",
        "&lt;b&gt; &#60; &copy;",
        "\\[not a mark\\]",
        "<!-- comment",
        "HTTP://EVIL.EXAMPLE",
        "WWW.evil.example",
        "<javascript:alert(1)>",
        "[a]: http://evil.example",
    ],
)
def test_nothing_is_rendered(name: str) -> None:
    assert shown(plain(name)) == name
    assert _MARKDOWN.render(plain(name)).startswith("<p>")


@settings(deadline=None, database=None, max_examples=500)
@given(st.text(max_size=600) | st.text("[]()<>!*_`~#&;:/\\|@w.ab \n", max_size=600))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    with in_time(0.2):
        made = plain(text)
        line = one_line(text)

    assert made.isprintable()
    assert shown(made) == line
    assert len(one_line(text)) <= LONGEST
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\nb", "a b"),
        ("\x1b[31mred", "[31mred"),
        ("zero\x00 width\u200b turned\u202e", "zero width turned"),
        ("\ud800", ""),
        ("x" * 300, "x" * 254 + "…"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


# --- logs -------------------------------------------------------------------------


def test_no_line_of_the_log_is_forged(caplog: pytest.LogCaptureFixture) -> None:
    logger = get_logger("custom_components.flashforge.test")
    logger.setLevel(logging.DEBUG)

    logger.info("%s says %s, %d %%", FORGED, RefusedError(7, FORGED), 50)
    logger.warning("%s", OSError(2, FORGED))
    logger.debug("nothing to fill")

    messages = [record.getMessage() for record in caplog.records]
    assert len(messages) == 3
    assert all(message.isprintable() for message in messages)
    assert messages[0].endswith(", 50 %")


def all_errors() -> list[type[FlashForgeError]]:
    """Return every kind of error there is."""
    for module in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
        __import__(module.name)
    found: list[type[FlashForgeError]] = []
    waiting = [FlashForgeError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return sorted(
        {each for each in found if each.__module__.startswith("custom_components")},
        key=lambda each: each.__name__,
    )


@pytest.mark.parametrize("kind", all_errors(), ids=lambda kind: kind.__name__)
def test_errors_are_one_line(kind: type[FlashForgeError]) -> None:
    assert str(kind.__new__(kind, FORGED)).isprintable()


class HostileError(FlashForgeError):
    """An error with a text from outside."""

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        return {"reason": HOSTILE, "file": FORGED}


def test_errors_quote_plainly() -> None:
    with pytest.raises(HomeAssistantError) as caught, translated():
        raise HostileError

    assert_plain(caught.value.translation_placeholders)


def test_refusals_quote_plainly() -> None:
    err = refused("not_loaded", printer=HOSTILE)

    assert isinstance(err, ServiceValidationError)
    assert_plain(err.translation_placeholders)


# --- the routes -------------------------------------------------------------------


@pytest.fixture
async def printer(network: Network) -> Printer:
    return await network.printer("ad5x", host="127.0.0.91", name=HOSTILE)


async def by_hand(hass: HomeAssistant, printer: Printer) -> ConfigFlowResult:
    """Go to the form for the check code by typing the address."""
    manager = hass.config_entries.flow
    flow = await manager.async_init(DOMAIN, context={"source": SOURCE_USER})
    await hass.async_block_till_done(wait_background_tasks=True)
    flow = await manager.async_configure(flow["flow_id"])
    flow = await manager.async_configure(flow["flow_id"], {"printer": "manual"})
    return await manager.async_configure(
        flow["flow_id"],
        {"host": printer.host, "advanced": {"port": printer.http_port}},
    )


async def test_name_in_the_dialog_for_the_check_code(
    hass: HomeAssistant, printer: Printer
) -> None:
    flow = await by_hand(hass, printer)
    assert flow["step_id"] == "code"
    assert_plain(flow["description_placeholders"])
    assert "Update" in flow["description_placeholders"]["printer"]


async def test_name_of_a_printer_that_was_found(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    await network.search()

    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_INTEGRATION_DISCOVERY
    assert_plain(flow["context"]["title_placeholders"])
    shown_form = await hass.config_entries.flow.async_configure(flow["flow_id"])
    assert_plain(shown_form["description_placeholders"])


async def test_words_of_a_refusal(
    hass: HomeAssistant, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    effect = Effect(instead=Envelope(code=7, message=HOSTILE + FORGED))
    monkeypatch.setitem(EFFECTS, Fault.GARBAGE, effect)
    flow = await by_hand(hass, printer)
    printer.faults.add(Fault.GARBAGE)

    flow = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"check_code": printer.check_code}
    )

    assert flow["errors"] == {"base": "refused"}
    assert_plain(flow["description_placeholders"])


async def test_title_of_an_entry_is_one_line(
    hass: HomeAssistant, printer: Printer
) -> None:
    printer.overrides["name"] = FORGED + "y" * 300
    flow = await by_hand(hass, printer)

    flow = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"check_code": printer.check_code}
    )

    assert flow["title"].isprintable()
    assert len(flow["title"]) <= LONGEST


async def test_dialogs_and_issues_of_an_entry(
    hass: HomeAssistant, network: Network, printer: Printer, set_up: SetUp
) -> None:
    entry = make_entry(printer)
    await set_up(entry)
    printer.faults.add(Fault.LAN_MODE_OFF)
    await entry.runtime_data.async_refresh()
    for _ in range(5):
        await entry.runtime_data.async_refresh()

    issues = [each for each in ir.async_get(hass).issues.values() if each.active]
    assert issues
    for issue in issues:
        if issue.domain == DOMAIN:
            assert_plain(issue.translation_placeholders)
    for flow in (
        await entry.start_reauth_flow(hass),
        await entry.start_reconfigure_flow(hass),
    ):
        assert_plain(flow["description_placeholders"])


async def test_log_of_a_printer_that_forges(
    hass: HomeAssistant,
    printer: Printer,
    set_up: SetUp,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    effect = Effect(instead=Envelope(code=7, message=FORGED))
    monkeypatch.setitem(EFFECTS, Fault.GARBAGE, effect)
    entry: MockConfigEntry = make_entry(printer)
    await set_up(entry)
    printer.faults.add(Fault.GARBAGE)

    for _ in range(5):
        await entry.runtime_data.async_refresh()

    ours = [each for each in caplog.records if each.name.startswith("custom_comp")]
    assert any("forged" in each.getMessage() for each in ours)
    assert all(each.getMessage().isprintable() for each in ours)


# --- new routes -------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        "self.async_show_form(description_placeholders={'name': name})",
        "self.async_abort(description_placeholders=facts)",
        "ir.async_create_issue(translation_placeholders=dict(name=name))",
        "raise UpdateFailed(translation_placeholders=err.placeholders)",
        "self.context['title_placeholders'] = {'name': name}",
        "context = {'title_placeholders': {'name': name}}",
        "self._attr_translation_placeholders = facts",
        "text.format_map(facts)",
        "import logging\nlogging.getLogger(__name__)",
    ],
)
def test_new_route_is_found(tmp_path: Path, code: str) -> None:
    assert broken(tmp_path, code)


@pytest.mark.parametrize(
    "code",
    [
        "self.async_show_form(description_placeholders=plain_texts(facts))",
        "self.context['title_placeholders'] = plain_texts({'name': name})",
        "form(description_placeholders=issue.translation_placeholders if issue else None)",
    ],
)
def test_plain_route_is_left_alone(tmp_path: Path, code: str) -> None:
    assert not broken(tmp_path, code)


def broken(root: Path, code: str) -> list[str]:
    """Return the problems that our own checks find in a module of the integration."""
    folder = root / "custom_components/flashforge"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"domain": DOMAIN}))
    (folder / "route.py").write_text(code)
    return [str(problem) for problem in laws(Repository(root))]


def test_texts_of_placeholders() -> None:
    assert plain_texts({"a": "*", "b": 7}) == {"a": "\\*", "b": "7"}


def test_a_list_is_one_line_for_each_and_bounded() -> None:
    lines = ["a → b", "# no\nheading", "[x](http://y)", *(["z" * 5000] * 200)]
    shown = plain_texts({"lines": lines, "none": []})
    first, second, third, *rest = shown["lines"].split("\n")
    assert first == "- a → b"
    assert second == "- \\# no heading"
    assert "](" not in third
    assert len(rest) == MOST_LINES - 3 + 1
    assert rest[-1] == "- … (+103)"
    assert max(map(len, rest)) <= LONGEST_LINE + 2
    assert shown["none"] == "–"
