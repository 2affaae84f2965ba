"""Our own check of which module imports which, and of the length of code."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts.rules import walls
from scripts.rules.repository import Repository
from scripts.rules.walls import LONGEST_FUNCTION, LONGEST_MODULE, PRODUCT


def problems(root: Path, files: Mapping[str, str]) -> list[str]:
    """Return what is wrong in a checkout of these files."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return [str(each) for each in walls.check(Repository(root))]


@pytest.mark.parametrize(
    ("importer", "line", "imported"),
    [
        ("printer/job.py", "from ..coordinator import Coordinator", "coordinator.py"),
        ("printer/job.py", "from .. import coordinator", "coordinator.py"),
        ("printer/job.py", "import custom_components.flashforge.sensor", "sensor.py"),
        ("coordinator.py", "from .media.views import View", "media/views.py"),
        ("prints/start.py", "from ..actions import act", "actions/__init__.py"),
        ("api/lines/reader.py", "from ..http import client", "api/http/client.py"),
        ("api/errors.py", "from .state import State", "api/state.py"),
        ("api/http/client.py", "from .. import Printer", "api/__init__.py"),
        ("api/texts.py", "from ..const import DOMAIN", "const.py"),
        ("api/state.py", "if True:\n    from .printer import A", "api/printer.py"),
        ("api/state.py", "def f():\n    from .printer import A", "api/printer.py"),
    ],
)
def test_import_upward_is_found(
    tmp_path: Path, importer: str, line: str, imported: str
) -> None:
    files = {f"{PRODUCT}/{imported}": "", f"{PRODUCT}/{importer}": f"{line}\n"}
    [problem] = problems(tmp_path, files)
    assert problem.startswith(f"{PRODUCT}/{importer}:{line.count('\n') + 1}: ")
    assert " stands below " in problem


@pytest.mark.parametrize(
    ("importer", "line", "imported"),
    [
        ("coordinator.py", "from .printer.job import Job", "printer/job.py"),
        ("sensor.py", "from .coordinator import Coordinator", "coordinator.py"),
        ("api/http/client.py", "from ..errors import BusyError", "api/errors.py"),
        ("api/http/client.py", "from .transport import send", "api/http/transport.py"),
        ("api/errors.py", "import json", "json.py"),
        ("sensor.py", "from .api import connect", "api/connect.py"),
    ],
)
def test_import_downward_is_none_of_our_business(
    tmp_path: Path, importer: str, line: str, imported: str
) -> None:
    files = {f"{PRODUCT}/{imported}": "", f"{PRODUCT}/{importer}": f"{line}\n"}
    assert problems(tmp_path, files) == []


def test_simulator_has_an_order_of_its_own(tmp_path: Path) -> None:
    upward, circle = problems(
        tmp_path,
        {
            "simulator/printer.py": "from .http import server\n",
            "simulator/http/server.py": "from ..machine.job import Job\n",
            "simulator/machine/job.py": "from ..http.server import Server\n",
        },
    )
    assert upward.startswith("simulator/machine/job.py:1: machine stands below http: ")
    assert circle == (
        "simulator/http/server.py: modules import each other: "
        "simulator.http.server, simulator.machine.job"
    )


@pytest.mark.parametrize("folder", [f"{PRODUCT}/api", "simulator"])
def test_every_part_has_a_place(tmp_path: Path, folder: str) -> None:
    [problem] = problems(tmp_path, {f"{folder}/cellar/junk.py": ""})
    assert problem.startswith(f"{folder}/cellar/junk.py: cellar has no place")


def test_each_circle_is_told_once(tmp_path: Path) -> None:
    home = f"{PRODUCT}/api/wire"
    found = problems(
        tmp_path,
        {
            f"{home}/a.py": "from .b import B\n",
            f"{home}/b.py": "from . import c\n",
            f"{home}/c.py": "from .a import A\nfrom .d import D\n",
            f"{home}/d.py": "",
            f"{home}/e.py": "from .f import F\n",
            f"{home}/f.py": "from .e import E\n",
        },
    )
    assert [each.partition(":")[0] for each in found] == [
        f"{home}/a.py",
        f"{home}/e.py",
    ]
    assert "wire.a, " in found[0]
    assert ".d" not in found[0]


def test_long_code_is_found(tmp_path: Path) -> None:
    def function(lines: int) -> str:
        return "async def act():\n" + "    pass\n" * (lines - 1)

    module = f"{PRODUCT}/sensor.py"
    assert problems(tmp_path, {module: function(LONGEST_FUNCTION)}) == []
    [problem] = problems(tmp_path, {module: function(LONGEST_FUNCTION + 1)})
    assert problem.startswith(f"{module}:1: act has 51 lines")

    assert problems(tmp_path, {module: "\n" * LONGEST_MODULE}) == []
    [problem] = problems(tmp_path, {module: "\n" * (LONGEST_MODULE + 1)})
    assert problem.startswith(f"{module}: 301 lines")
