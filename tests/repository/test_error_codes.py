"""Every error code of the reference has its words, and every text belongs to a code."""

import json
import re

import pytest

from custom_components.flashforge.api import Feature
from custom_components.flashforge.api.models.catalog import MODELS
from custom_components.flashforge.api.models.error_codes import (
    ERROR_KEYS,
    KNOWN_CODES,
    VARIANTS,
    error_key,
)
from custom_components.flashforge.sensor_rows import NO_ERROR

from ..support import ROOT

_ROW = re.compile(r"^\| E(\d{4})(?:–E(\d{4}))? \|", re.MULTILINE)


def _error() -> dict[str, dict[str, str]]:
    texts = ROOT / "custom_components/flashforge/translations/en.json"
    error = json.loads(texts.read_text())["entity"]["sensor"]["error"]
    return {
        "state": error["state"],
        **{
            name: error["state_attributes"][name]["state"] for name in ("cause", "cure")
        },
    }


def test_every_code_of_the_reference_is_known() -> None:
    reference = (ROOT / "docs/protocol/detail.md").read_text().partition("## 6.")[2]
    codes = {
        f"E{number:04d}"
        for first, last in _ROW.findall(reference)
        for number in range(int(first), int(last or first) + 1)
    }
    assert len(codes) > 90
    assert codes == set(KNOWN_CODES)


def test_every_code_has_a_text_a_cause_and_a_cure() -> None:
    texts = _error()
    assert set(texts["state"]) == {NO_ERROR, *ERROR_KEYS}
    for words in (texts["cause"], texts["cure"]):
        assert set(words) == set(ERROR_KEYS)
        assert all(each.endswith(".") and len(each) > 15 for each in words.values())


@pytest.mark.parametrize(
    ("feature", "code"),
    [(feature, code) for feature, codes in VARIANTS for code in sorted(codes)],
)
def test_texts_that_differ_are_chosen_by_what_the_model_has(
    feature: Feature, code: str
) -> None:
    keys = {
        feature in model.features: error_key(code, model) for model in MODELS.values()
    }
    assert set(keys) == {True, False}
    texts = _error()
    with_it, without = (
        [texts[name][str(keys[has])] for name in ("cause", "cure")]
        for has in (True, False)
    )
    assert with_it != without


def test_a_failed_send_is_explained() -> None:
    cure = _error()["cure"]
    for key in ("e0029", "e0029_clearable"):
        assert "send the file again" in cure[key]
    assert "Clear error" in cure["e0029_clearable"]
    assert "Clear error" not in cure["e0029"]
