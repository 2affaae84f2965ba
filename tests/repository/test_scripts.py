"""What the scripts do in cases that a usual run does not show."""

from hashlib import sha256
import io
import json
from pathlib import Path
from typing import Any, cast

from PIL import Image
import pytest

from scripts import brand, checks, demo, shrink
from scripts.demonstration import dashboard, receiver, verdict
from scripts.demonstration.home import Home
from scripts.demonstration.hub import Hub, entities_of
from scripts.rules import quality
from scripts.rules.repository import Repository

from ..support import ROOT

INTEGRATION = "custom_components/flashforge"

MANIFEST = {
    "domain": "flashforge",
    "name": "FlashForge",
    "codeowners": ["@somebody"],
    "config_flow": True,
    "dependencies": ["network"],
    "documentation": "https://example.org/doc",
    "integration_type": "device",
    "iot_class": "local_polling",
    "issue_tracker": "https://example.org/issues",
    "quality_scale": "platinum",
    "version": "1.2.3",
}
ENGLISH: dict[str, Any] = {
    "config": {
        "step": {"user": {"title": "Printer", "data": {"host": "Address"}}},
        "error": {"cannot_connect": "No answer from {host}"},
    },
    "entity": {
        "sensor": {"status": {"name": "Status", "state": {"idle": "Idle"}}},
    },
    "exceptions": {"busy": {"message": "{printer} is busy"}},
}
ICONS: dict[str, Any] = {
    "entity": {
        "sensor": {
            "status": {"default": "mdi:printer-3d", "state": {"idle": "mdi:sleep"}}
        }
    }
}
CODE = {
    "__init__.py": "from homeassistant.components import network\n",
    "config_flow.py": """
from homeassistant.const import CONF_HOST
class Flow:
    async def async_step_user(self, user_input=None):
        errors = {}
        errors["base"] = "cannot_connect"
        return self.async_show_form(step_id="user", errors=errors)
""",
    "sensor.py": """
SENSORS = (Description(key="status", translation_key="status", options=["idle"]),)
def complain(printer):
    raise HomeAssistantError(
        translation_domain="flashforge",
        translation_key="busy",
        translation_placeholders=plain_texts({"printer": printer}),
    )
""",
}
CHANGELOG = """# Changelog

## [Unreleased]

## [1.2.3] - 2026-01-31

### Added

- Everything.

## [1.2.2] - 2026-01-30

- Less.

[1.2.3]: https://example.org
"""


@pytest.fixture
def auto_enable_custom_integrations() -> None:
    """Replace the fixture of the integration, which needs a Home Assistant."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a small checkout without a problem."""
    home = tmp_path / INTEGRATION
    for name, text in CODE.items():
        write(home / name, text)
    for name, value in {
        "manifest.json": MANIFEST,
        "translations/en.json": ENGLISH,
        "icons.json": ICONS,
    }.items():
        write(home / name, json.dumps(value))
    rules = "".join(
        f"  {rule}: done\n" for level in quality.LEVELS.values() for rule in level
    )
    write(home / "quality_scale.yaml", f"rules:\n{rules}")
    write(
        tmp_path / "hacs.json", '{"name": "FlashForge", "homeassistant": "2026.10.0"}'
    )
    write(tmp_path / "pyproject.toml", '[project]\nversion = "1.2.3"\n')
    write(tmp_path / "CHANGELOG.md", CHANGELOG)
    (home / "brand").mkdir()
    brand.icon(256).save(home / "brand/icon.png")
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def change(path: Path, keys: str, value: object) -> None:
    """Set a key of a JSON file, or take it away when the value is ``...``."""
    content = json.loads(path.read_text(encoding="utf-8"))
    *way, last = keys.split(".")
    target = content
    for key in way:
        target = target.setdefault(key, {})
    target[last] = value
    if value is ...:
        del target[last]
    path.write_text(json.dumps(content), encoding="utf-8")


def problems(root: Path) -> list[str]:
    return [str(problem) for problem in checks.run(Repository(root), checks.CHECKS)]


def test_checkout_is_as_it_should_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert checks.main([]) == 0, capsys.readouterr().err


def test_nothing_is_wrong_with_the_small_checkout(root: Path) -> None:
    assert problems(root) == []


@pytest.mark.parametrize(
    ("file", "keys", "value", "expected"),
    [
        ("manifest.json", "codeowners", ["somebody"], "list of @names"),
        ("manifest.json", "version", "1.2", "has to be a version"),
        ("manifest.json", "version", ..., "lacks 'version'"),
        ("manifest.json", "documentation", "http://example.org/x", "https address"),
        ("manifest.json", "homeassistant", "2026.1.0", "not a key that belongs here"),
        ("manifest.json", "after_dependencies", [], "the order has to be"),
        ("manifest.json", "dependencies", [], "'network' is no dependency"),
        ("manifest.json", "domain", "other", "not the name of the folder"),
        ("manifest.json", "requirements", ["aiohttp>=3"], "pinned with =="),
        ("manifest.json", "quality_scale", "gold", "met say platinum"),
        ("translations/en.json", "title", "<b>Printer</b>", "contains HTML"),
        ("translations/en.json", "title", "see https://example.org", "contains a URL"),
        ("translations/en.json", "title", " Printer", "ends with a blank"),
        ("translations/en.json", "title", "the '{name}'", "in single quotes"),
        ("translations/en.json", "title", "the {0}", "is not an identifier"),
        ("translations/en.json", "title", "the {name", "broken braces"),
        ("translations/en.json", "title", "[%key:common%]", "refers to another key"),
        ("translations/en.json", "title", "", "is empty"),
        ("translations/en.json", "titel", "Printer", "'titel' is not a key"),
        (
            "translations/en.json",
            "entity.sensor.status.state.idle",
            "{a}",
            "cannot have",
        ),
        ("translations/en.json", "exceptions.Bad Key.message", "No", "not a valid key"),
        ("translations/en.json", "exceptions.a__b.message", "No", "not a valid key"),
        (
            "translations/en.json",
            "exceptions.unused.message",
            "No",
            "uses the key 'unused'",
        ),
        (
            "translations/en.json",
            "entity.sensor.lost.name",
            "No",
            "uses the key 'lost'",
        ),
        ("translations/en.json", "config.step.lost", {}, "uses the key 'lost'"),
        ("translations/en.json", "exceptions.busy", ..., "no exceptions.busy"),
        ("translations/en.json", "exceptions.busy", {}, "lacks 'message'"),
        ("translations/en.json", "exceptions.busy.message", "{who}", "placeholder who"),
        (
            "translations/en.json",
            "entity.sensor.status",
            ...,
            "no entity.sensor.status",
        ),
        ("translations/en.json", "config.step.user", ..., "no config.step.user"),
        ("translations/en.json", "config.error", {}, "no config.error.cannot_connect"),
        (
            "translations/en.json",
            "config.step.user.data_description.lost",
            "It",
            "describes 'lost'",
        ),
        ("icons.json", "entity.sensor.status.default", "hass:printer", "not an icon"),
        (
            "icons.json",
            "entity.sensor.lost.default",
            "mdi:help",
            "nothing named 'lost'",
        ),
        (
            "icons.json",
            "entity.sensor.status.state.idle",
            "mdi:printer-3d",
            "the default",
        ),
        ("icons.json", "entity.sensor.status.state.lost", "mdi:help", "not a state"),
        (
            "icons.json",
            "entity.sensor.status.range",
            {"9": "mdi:a", "1": "mdi:b"},
            "ascend",
        ),
    ],
)
def test_a_wrong_value_is_found(
    root: Path, file: str, keys: str, value: object, expected: str
) -> None:
    change(root / INTEGRATION / file, keys, value)
    assert any(expected in problem for problem in problems(root)), problems(root)


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (
            f"{INTEGRATION}/api/x.py",
            "from homeassistant import core",
            "no Home Assistant",
        ),
        (f"{INTEGRATION}/x.py", "import simulator", "stands alone"),
        (
            f"{INTEGRATION}/x.py",
            "from homeassistant.components import http",
            "'http' is",
        ),
        (
            f"{INTEGRATION}/x.py",
            "from homeassistant.components.http import auth",
            "'http' is no dependency",
        ),
        (f"{INTEGRATION}/x.py", "if model == 'AD5X': pass", "for a feature"),
        (
            f"{INTEGRATION}/x.py",
            "if printer.model.pid in (1, 2): pass",
            "for a feature",
        ),
        (f"{INTEGRATION}/x.py", "from __future__ import annotations", "the future"),
        (f"{INTEGRATION}/x.py", "x = 1  # TODO later", "finish it"),
        (f"{INTEGRATION}/x.py", "x = 1  # type: ignore[misc]", "say why"),
        (f"{INTEGRATION}/x.py", "try: pass\nexcept Exception: pass", "name the errors"),
        (f"{INTEGRATION}/x.py", "try: pass\nexcept: pass", "name the errors"),
        (f"{INTEGRATION}/__init__.py", "async def async_setup(): 1", "CONFIG_SCHEMA"),
        (
            f"{INTEGRATION}/x.py",
            "hass.services.async_register()",
            "services.yaml: is miss",
        ),
        (f"{INTEGRATION}/services.yaml", "", "describes actions that do not exist"),
        (f"{INTEGRATION}/brand/banner.png", "", "not the name of a brand image"),
        (f"{INTEGRATION}/brand/logo.png", "", "is not a PNG file"),
        (f"{INTEGRATION}/icons.json", "{", "is not valid JSON"),
        (f"{INTEGRATION}/icons.json", '{"a": 1, "a": 2}', "there twice"),
        (f"{INTEGRATION}/icons.json", "[]", "is not a JSON object"),
        (f"{INTEGRATION}/quality_scale.yaml", "rules: {brands: no}", "is none of"),
        (f"{INTEGRATION}/quality_scale.yaml", "rules: {brandy: done}", "brandy is not"),
        (
            f"{INTEGRATION}/quality_scale.yaml",
            "rules: {brands: {status: exempt}}",
            "says why it is exempt",
        ),
        (
            f"{INTEGRATION}/quality_scale.yaml",
            "rules: {brands: done}",
            "lacks the rule",
        ),
        (f"{INTEGRATION}/translations/de.json", "{}", "lacks exceptions.busy.message"),
        (
            f"{INTEGRATION}/translations/de.json",
            '{"exceptions": {"busy": {"message": "{anders}"}}}',
            "has other placeholders",
        ),
        (f"{INTEGRATION}/translations/de.json", '{"title": "F"}', "is not in en.json"),
        ("custom_components/other/__init__.py", "", "exactly one folder"),
        ("tests/fixtures/old_manifest.json", "{}", "may be named *manifest.json"),
        ("tests/test_x.py", "await asyncio.sleep(1)", "it never sleeps"),
        ("simulator/x.py", "import custom_components.flashforge", "neither"),
        ("hacs.json", '{"name": "F", "homeassistant": "now"}', "version of Home Assis"),
        ("pyproject.toml", '[project]\nversion = "1.0.0"\n', "says 1.0.0"),
        ("CHANGELOG.md", "## [1.2.4] - 2026-01-31\n\n- New.\n", "has to be 1.2.3"),
        ("CHANGELOG.md", "## [1.2.3]\n\n- New.\n", "needs a date"),
        ("CHANGELOG.md", "## [1.2.3] - 2026-01-31\n", "says nothing"),
    ],
)
def test_a_broken_law_is_found(root: Path, file: str, text: str, expected: str) -> None:
    write(root / file, text)
    assert any(expected in problem for problem in problems(root)), problems(root)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (f"{INTEGRATION}/x.py", "x = 1  # type: ignore[misc]  # its stubs are wrong"),
        (f"{INTEGRATION}/x.py", "if model is None or model == None: pass"),
        (f"{INTEGRATION}/x.py", "try: pass\nexcept BaseException:\n    x()\n    raise"),
        (
            f"{INTEGRATION}/x.py",
            "if TYPE_CHECKING:\n    from homeassistant.components import http",
        ),
        ("tests/test_x.py", "await asyncio.sleep(0)"),
        (".venv/lib/manifest.json", "{}"),
    ],
)
def test_what_is_allowed_is_not_found(root: Path, file: str, text: str) -> None:
    write(root / file, text)
    assert problems(root) == []


@pytest.mark.parametrize(
    "file", ["icons.json", "translations/en.json", "manifest.json"]
)
def test_a_missing_file_is_named(root: Path, file: str) -> None:
    (root / INTEGRATION / file).unlink()
    assert any(f"{file}: does not exist" in problem for problem in problems(root))


def test_release_prints_the_notes(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checks.main(["--release", "v1.2.3"], root) == 0
    assert capsys.readouterr().out == "### Added\n\n- Everything.\n"


@pytest.mark.parametrize("tag", ["v1.2.4", "1.2.3"])
def test_release_refuses_another_tag(root: Path, tag: str) -> None:
    assert checks.main(["--release", tag], root) == 1


def test_release_refuses_what_is_not_released(root: Path) -> None:
    text = CHANGELOG.replace("[Unreleased]", "[Unreleased]\n\n- More.")
    write(root / "CHANGELOG.md", text)
    assert checks.main(["--release", "v1.2.3"], root) == 1


@pytest.fixture(scope="module")
def drawn_brand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brand")
    brand.main([str(folder)])
    return folder


@pytest.mark.parametrize("name", sorted(path.name for path in brand.FOLDER.iterdir()))
def test_brand_image_is_what_the_script_draws(drawn_brand: Path, name: str) -> None:
    with (
        Image.open(drawn_brand / name) as drawn,
        Image.open(brand.FOLDER / name) as kept,
    ):
        trimmed = (0, 0, *drawn.size)
        assert drawn.convert("RGBA").tobytes() == kept.convert("RGBA").tobytes()
        assert drawn.convert("RGBA").getbbox() == trimmed


def test_shrinking_keeps_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    picture = brand.icon(256)
    picture.save(path, compress_level=0)
    before = path.stat().st_size
    assert shrink.shrink(path) == path.stat().st_size < before
    with Image.open(path) as smaller:
        assert smaller.convert("RGBA").tobytes() == picture.tobytes()


def test_a_large_picture_gets_a_palette(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    Image.effect_noise((200, 200), 60).convert("RGB").save(path)
    buffer = io.BytesIO()
    Image.open(path).save(buffer, "PNG", optimize=True)
    shrink.shrink(path, largest=len(buffer.getvalue()) - 1)
    with Image.open(path) as smaller:
        assert smaller.mode == "P"


@pytest.mark.parametrize(
    ("arguments", "wipe"), [([], False), (["--keep"], False), (["--wipe"], True)]
)
def test_demo_keeps_its_configuration_unless_told(
    arguments: list[str], wipe: bool
) -> None:
    assert demo.parse(arguments).wipe is wipe


@pytest.mark.parametrize(
    "arguments", [["--speed", "0"], ["--models", "adventurer3_lite"]]
)
def test_demo_refuses_nonsense(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        demo.parse(arguments)


def test_home_keeps_what_is_there(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare(ROOT / INTEGRATION, ["127.0.0.1"], 8123)
    auth = home.folder / ".storage/auth"
    auth.write_text("{}", encoding="utf-8")
    home.prepare(ROOT / INTEGRATION, ["127.0.0.1"], 8124)
    http = json.loads((home.folder / ".storage/http").read_text(encoding="utf-8"))
    assert auth.read_text(encoding="utf-8") == "{}"
    assert http["data"]["server_port"] == 8124
    link = home.folder / "custom_components/flashforge"
    assert link.resolve() == ROOT / INTEGRATION
    home.wipe()
    assert not home.folder.exists()
    assert (ROOT / INTEGRATION / "manifest.json").exists()


def test_home_has_the_blueprints_and_who_receives_their_messages(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "home")
    old = home.folder / receiver.BLUEPRINTS / "old.yaml"
    for _ in range(2):
        home.prepare(ROOT / INTEGRATION, ["127.0.0.1"], 8123)
        offered = {each.name for each in old.parent.iterdir()}
        ours = {each.name for each in (ROOT / receiver.BLUEPRINTS).iterdir()}
        assert offered == ours
        screen = home.folder / "custom_components" / receiver.SCREEN
        manifest = json.loads((screen / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["domain"] == receiver.SCREEN
        assert (screen / "notify.py").exists()
        old.touch()


def test_home_has_one_password_for_its_user(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare(ROOT / INTEGRATION, ["127.0.0.1"], 8123)
    first, second = home.set_password(), home.set_password()
    auth = json.loads((home.folder / ".storage/auth").read_text(encoding="utf-8"))
    assert first[0] == second[0] == auth["data"]["credentials"][0]["data"]["username"]
    assert first[1] != second[1]
    assert len(auth["data"]["credentials"]) == 1


BUILT = b'define("ll-strategy-dashboard-flashforge")'


class Served:
    """Stands for a connection to Home Assistant; keeps what it is told."""

    def __init__(self, script: bytes) -> None:
        self.script = script
        self.page = b""
        self.dashboards: dict[str, Any] = {}
        self.start: Any = None

    async def command(self, kind: str, **fields: Any) -> Any:
        match kind:
            case "lovelace/dashboards/list":
                return [{"url_path": path} for path in self.dashboards]
            case "lovelace/dashboards/create":
                self.dashboards[fields["url_path"]] = None
            case "lovelace/config/save":
                self.dashboards[fields["url_path"]] = fields["config"]
            case "lovelace/config":
                return self.dashboards[fields["url_path"]]
            case "frontend/set_system_data":
                self.start = fields["value"]
            case "frontend/get_system_data":
                return {"value": self.start}
        return None

    async def read(self, path: str) -> bytes:
        return self.page if path == f"/{dashboard.URL_PATH}" else self.script


@pytest.fixture
async def served() -> Served:
    """Return a Home Assistant that shows the dashboard."""
    hub = Served(BUILT)
    version = sha256(hub.script).hexdigest()[:8]
    hub.page = f'import("/flashforge_static/flashforge.js?v={version}")'.encode()
    await dashboard.show(cast("Hub", hub))
    return hub


async def test_the_demo_shows_the_dashboard_of_the_integration(
    served: Served,
) -> None:
    assert served.dashboards == {
        "3d-printers": {"strategy": {"type": "custom:flashforge"}}
    }
    assert served.start == {"default_panel": "3d-printers"}
    assert await dashboard.problems(cast("Hub", served), BUILT) == []


async def test_the_demo_leaves_a_changed_dashboard_alone(
    served: Served,
) -> None:
    served.dashboards[dashboard.URL_PATH] = changed = {"views": []}
    served.start = None
    await dashboard.show(cast("Hub", served))
    assert served.dashboards == {dashboard.URL_PATH: changed}
    assert served.start is None


@pytest.mark.parametrize(
    ("broken", "value", "expected"),
    [
        ("dashboards", {"3d-printers": {"views": []}}, "not made by the integration"),
        ("start", None, "the first page is another one"),
        ("page", b"<html>", "the page does not load"),
        ("script", b"404", "is not the built script"),
        ("script", b"404", "does not define"),
    ],
)
async def test_a_dashboard_that_no_browser_would_show_is_a_problem(
    served: Served, broken: str, value: object, expected: str
) -> None:
    setattr(served, broken, value)
    problems = await dashboard.problems(cast("Hub", served), BUILT)
    assert any(expected in problem for problem in problems)


def test_a_message_takes_the_enabled_entities_of_one_printer() -> None:
    registry: list[dict[str, Any]] = [
        {"entity_id": "sensor.a", "unique_id": "SN1_status", "disabled_by": None},
        {"entity_id": "sensor.b", "unique_id": "SN1_infill", "disabled_by": "user"},
        {"entity_id": "sensor.c", "unique_id": "SN12_status", "disabled_by": None},
    ]
    assert entities_of(registry, "SN1") == {("sensor", "status"): "sensor.a"}


START = "2026-11-20 23:54:16.329+00:00"


@pytest.mark.parametrize(
    ("record", "ours"),
    [
        (f"{START} ERROR (MainThread) [custom_components.flashforge] no", True),
        (f"{START} WARNING (MainThread) [homeassistant.helpers] flashforge did", True),
        (
            (
                f"{START} ERROR (MainThread) [core] x\nTraceback\n"
                '  File "/config/custom_components/flashforge/a.py", line 1, in a'
            ),
            True,
        ),
        # A clone has the integration's name, and its path is in every trace.
        (
            (
                f"{START} ERROR (MainThread) [homeassistant.components.camera] x\n"
                'Traceback\n  File "/home/me/flashforge/.venv-demo/lib/python3.14/a.py"'
            ),
            False,
        ),
        (
            (
                f"{START} ERROR (MainThread) [core] x\nTraceback\n"
                '  File "/custom_components/flashforge/.venv/lib/python3.14/site-packages/a.py"'
            ),
            False,
        ),
        (f"{START} INFO (MainThread) [custom_components.flashforge] yes", False),
        (f"{START} ERROR (MainThread) [haffmpeg.core] FFmpeg fails", False),
        (f"{START} WARNING (S) [loader] flashforge {verdict.STANDARD}.", False),
    ],
)
def test_log_is_searched_for_problems_of_ours(record: str, ours: bool) -> None:
    log = (
        f"{START} INFO (MainThread) [core] up\n{record}\n{START} INFO (M) [core] down\n"
    )
    assert bool(verdict.log_problems(log)) is ours
