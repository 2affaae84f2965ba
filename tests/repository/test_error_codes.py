"""Every known error code has a text, and every text belongs to a code."""

import json

from custom_components.flashforge.api.models.error_codes import ERROR_KEYS
from custom_components.flashforge.sensor import NO_ERROR

from ..support import ROOT


def test_every_code_has_a_text() -> None:
    texts = ROOT / "custom_components/flashforge/translations/en.json"
    sensors = json.loads(texts.read_text())["entity"]["sensor"]
    assert set(sensors["error"]["state"]) == {NO_ERROR, *ERROR_KEYS}
