"""Remaining time: the triples of the reference, and what is no number of a job."""

from math import inf, nan
from typing import Any

import pytest

from custom_components.flashforge.api.wire.estimate import remaining

from .. import fixture_json

CASES = fixture_json("eta_triples.json")["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_triples(case: dict[str, Any]) -> None:
    given = case["input"]
    expected = case["expectedRemaining"]
    assert remaining(
        given["status"],
        given["printProgress"],
        given["printDuration"],
        given["estimatedTime"],
    ) == (None if expected is None else pytest.approx(expected, abs=0.5))


@pytest.mark.parametrize(
    ("status", "progress", "duration", "estimate"),
    [
        (None, 0.5, 3600, 3600),
        ("", 0.5, 3600, 3600),
        ("printing", nan, nan, nan),
        ("printing", inf, inf, inf),
        ("printing", -0.5, 3600, 3600),
        ("printing", 0.0, 0, 0),
        ("printing", None, None, None),
        ("printing", 0.01, -1, -1),
        ("printing", 250, 3600, None),
    ],
)
def test_nonsense_is_unknown(
    status: str | None,
    progress: float | None,
    duration: float | None,
    estimate: float | None,
) -> None:
    assert remaining(status, progress, duration, estimate) is None


def test_unknown_duration_counts_as_none_elapsed() -> None:
    assert remaining("printing", 0.5, None, 1800) == 1800


@pytest.mark.parametrize("progress", [0.34, 0.4, 0.5, 0.6, 0.66])
def test_copy_of_the_duration_is_not_taken_for_the_rest(progress: float) -> None:
    elapsed = 3600 * progress

    assert remaining("printing", progress, elapsed, elapsed) == pytest.approx(
        3600 - elapsed
    )
