"""The numbers as a table, and held against what was promised."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, le, lt
from typing import override

type Found = Mapping[str, object]

_COMPARISONS = {"=": eq, "≤": le, "<": lt}
_WIDTHS = (40, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a number has to be, and what it is to become where that is still missed."""

    key: str
    is_: str
    limit: float
    aim: float | None = None

    @override
    def __str__(self) -> str:
        """Return the target as the table shows it."""
        aim = "" if self.aim is None else f", aim {self.aim:g}"
        return f"{self.is_} {self.limit:g}{aim}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether it is."""

    key: str
    value: float
    target: str
    met: bool


TARGETS = (
    Target(key="cpu_ratio.unchanged", is_="≤", limit=2.0, aim=1.2),
    Target(key="cpu_ratio.changed", is_="≤", limit=5.5, aim=4.0),
    Target(key="limit_ratio.changed", is_="≤", limit=2.3, aim=1.3),
    Target(key="cold_limit_ratio.printing", is_="≤", limit=2.2, aim=1.5),
    Target(key="requests_per_poll", is_="=", limit=1),
    Target(key="line_connections_per_poll", is_="=", limit=1),
    Target(key="writes_per_idle_poll", is_="=", limit=0),
    Target(key="linear_100", is_="≤", limit=1.10),
    Target(key="printers.100.lag_ms_p99", is_="<", limit=20),
    Target(key="command_to_state_s", is_="≤", limit=1.5),
    Target(key="memory_mb.first", is_="≤", limit=6.0, aim=3.5),
    Target(key="camera.1.upstream", is_="=", limit=1),
    Target(key="camera.4.upstream", is_="=", limit=1),
    Target(key="camera.16.upstream", is_="=", limit=1),
    Target(key="upload.rss_growth_mb", is_="<", limit=20),
    Target(key="upload.poll_gap_s", is_="≤", limit=6),
    Target(key="recorder_rows_per_hour", is_="<", limit=1500),
)


def numbers(found: object, path: str = "") -> Iterator[tuple[str, float]]:
    """Yield every number in what was found, with its dotted name."""
    if isinstance(found, Mapping):
        for key, value in found.items():
            yield from numbers(value, f"{path}.{key}" if path else str(key))
    elif isinstance(found, int | float):
        yield path, found


def judge(found: Found) -> list[Verdict]:
    """Hold what was measured against the targets."""
    values = dict(numbers(found))
    return [
        Verdict(
            key=target.key,
            value=value,
            target=str(target),
            met=_COMPARISONS[target.is_](value, target.limit),
        )
        for target in TARGETS
        if (value := values.get(target.key)) is not None
    ]


def table(found: Found, verdicts: Sequence[Verdict]) -> str:
    """Return all numbers, those with a target first."""
    judged = {verdict.key: verdict for verdict in verdicts}
    rows = [
        _row(
            verdict.key, verdict.value, verdict.target, "✓" if verdict.met else "MISSED"
        )
        for verdict in verdicts
    ]
    rest = [
        _row(key, value)
        for key, value in numbers(found)
        if key not in judged and not key.startswith("machine.")
    ]
    return "\n".join([_row("", "measured", "target"), *rows, "", *rest])


def _row(name: str, value: float | str, *more: str) -> str:
    shown = value if isinstance(value, str) else f"{value:.4g}"
    return " ".join([f"{name:{_WIDTHS[0]}}{shown:>{_WIDTHS[1]}}  ", *more]).rstrip()
