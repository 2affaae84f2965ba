"""Make a sliced file: `python -m simulator.print_files.slicing out.3mf --tool PLA:#F98D33:11.4`."""

import argparse
from collections.abc import Sequence
from pathlib import Path
import sys

from ..models.files import StoredFile, Tool
from .slicer import write_3mf, write_gcode, write_sliced

__all__ = ["write_3mf", "write_gcode", "write_sliced"]


def _tool(text: str) -> Tool:
    material, color, grams = text.split(":")
    return Tool(material, color, float(grams))


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m simulator.print_files.slicing",
        description="Make a sliced file, 3mf or G-code by its name.",
    )
    add = parser.add_argument
    add("file", type=Path)
    add(
        "--tool",
        type=_tool,
        action="append",
        metavar="PLA:#F98D33:11.4",
        help="material, color and grams; repeat for more tools",
    )
    add("--minutes", type=float, default=41.0, help="how long it prints")
    add("--layers", type=int, default=240)
    add("--fill", type=int, default=15, metavar="PERCENT")
    add("--megabytes", type=float, default=0.0, help="pad the file to this size")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Write the file; return 1 if that fails."""
    args = _arguments(argv)
    tools = args.tool or [Tool("PLA", "#F98D33", 11.4)]
    try:
        file = StoredFile(
            args.file.name, args.minutes * 60, args.layers, tools, fill=args.fill
        )
        write_sliced(args.file, file, size=round(args.megabytes * 1_000_000))
    except (OSError, ValueError) as err:
        print(f"{args.file}: {err}", file=sys.stderr)  # noqa: T201
        return 1
    print(f"{args.file}: {args.file.stat().st_size:,} bytes")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
