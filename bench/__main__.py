"""The benchmark: every chapter in a process of its own, then the numbers together."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
import importlib.metadata
import json
import os
from pathlib import Path
import platform
import subprocess
import sys
from time import monotonic

from . import report
from .outside import ROOT

CHAPTERS: Mapping[str, str] = {
    "polls": "one printer, polled again and again",
    "farm": "many printers that print",
    "lines": "many older printers, polled over lines",
    "memory": "what the first printer takes up",
    "waiting": "what a person waits for",
    "camera": "viewers of the camera",
    "upload": "a large file on its way to a printer",
    "hour": "an hour of the recorder",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for on the command line."""

    quick: bool
    json: Path | None
    only: tuple[str, ...]


def _parse(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description="Measures how fast the integration is."
    )
    parser.add_argument(
        "--quick", action="store_true", help="less exact, in under five minutes"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the numbers here"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=CHAPTERS,
        default=[],
        help="measure this alone; may be repeated",
    )
    found = parser.parse_args(arguments)
    return Options(
        quick=found.quick, json=found.json, only=tuple(found.only or CHAPTERS)
    )


def _measure(chapter: str, *, quick: bool) -> dict[str, object]:
    """Run a chapter in a process that nothing else has warmed up or filled."""
    command = [sys.executable, "-m", "bench.chapter", chapter]
    done = subprocess.run(
        command + ["--quick"] * quick, cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    told: dict[str, object] = json.loads(done.stdout)
    return told


def _machine() -> dict[str, object]:
    """Return where these numbers come from: they mean nothing without it."""
    return {
        "home_assistant": importlib.metadata.version("homeassistant"),
        "aiohttp": importlib.metadata.version("aiohttp"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return 0 if every target is met."""
    options = _parse(arguments)
    if options.json is not None:
        # Not to find out after minutes that it cannot be written.
        options.json.touch()
    start = monotonic()
    found: dict[str, object] = {"machine": _machine(), "quick": options.quick}
    for chapter in options.only:
        print(f"measuring {CHAPTERS[chapter]} …", file=sys.stderr, flush=True)
        try:
            found |= _measure(chapter, quick=options.quick)
        except subprocess.CalledProcessError as err:
            print(f"{chapter} failed with {err.returncode}", file=sys.stderr)
            return 2
    found["seconds"] = round(monotonic() - start, 1)
    verdicts = report.judge(found)
    found["targets"] = [asdict(verdict) for verdict in verdicts]
    print(report.table(found, verdicts))
    if options.json is not None:
        options.json.write_text(json.dumps(found, indent=2) + "\n")
    return 0 if all(verdict.met for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
