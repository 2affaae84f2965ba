"""The captured exchanges of the samples, as questions and answers."""

from collections.abc import Iterator

from .. import fixture


def exchanges(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each command of a transcript with the lines that came back."""
    asked: str | None = None
    lines: list[str] = []
    for line in fixture(f"tcp_{name}.txt").decode().splitlines():
        if line.startswith("> "):
            if asked is not None:
                yield asked, tuple(lines)
            asked, lines = line[2:], []
        elif line.startswith("< "):
            lines.append(line[2:].replace("<LF>", "").rstrip())
    if asked is not None:
        yield asked, tuple(lines)


def replies(name: str, command: str) -> list[tuple[str, ...]]:
    """Return all replies to a command in a transcript."""
    return [told for asked, told in exchanges(name) if asked.startswith(f"~{command}")]


def raw(name: str, command: str, *, at: int = 0) -> bytes:
    """Return a reply as it travels."""
    return b"".join(line.encode() + b"\r\n" for line in replies(name, command)[at])
