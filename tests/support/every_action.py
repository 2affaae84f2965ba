"""Every action, with valid data for a call."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util.yaml import load_yaml_dict

import custom_components.flashforge
from custom_components.flashforge.const import DOMAIN

FORMS = Path(custom_components.flashforge.__file__).parent / "services.yaml"

_SAMPLES: Mapping[str, Any] = {"number": 1, "text": "Workshop"}

_ONE_OF: Mapping[str, Mapping[str, Any]] = {
    "check_file": {"file_name": "a.gcode"},
    "preheat": {"bed": 60},
    "upload_file": {"path": "/media/a.gcode"},
}
"""Data that an action needs although no single field is required."""


def registered(hass: HomeAssistant) -> list[str]:
    """Return the names of all actions that can be called."""
    return sorted(hass.services.async_services_for_domain(DOMAIN))


def sample(action: str) -> dict[str, Any]:
    """Return the data of an action besides its target, made from its form."""
    fields = load_yaml_dict(str(FORMS))[action].get("fields", {})
    data = {
        name: field.get("example", _SAMPLES[next(iter(field["selector"]))])
        for name, field in fields.items()
        if field.get("required")
    }
    return data | dict(_ONE_OF.get(action, {}))
