"""Every action there is, with something to call it with."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util.yaml import load_yaml_dict

import custom_components.flashforge
from custom_components.flashforge.const import DOMAIN

FORMS = Path(custom_components.flashforge.__file__).parent / "services.yaml"

_SAMPLES: Mapping[str, Any] = {"number": 1, "text": "Workshop"}

_ONE_OF: Mapping[str, Mapping[str, Any]] = {"upload_file": {"path": "/media/a.gcode"}}
"""What an action cannot do without although no single field is required."""


def registered(hass: HomeAssistant) -> list[str]:
    """Return the names of all actions that can be called."""
    return sorted(hass.services.async_services_for_domain(DOMAIN))


def sample(action: str) -> dict[str, Any]:
    """Return what an action takes besides its target, made of its form."""
    fields = load_yaml_dict(str(FORMS))[action].get("fields", {})
    data = {
        name: field.get("example", _SAMPLES[next(iter(field["selector"]))])
        for name, field in fields.items()
        if field.get("required")
    }
    return data | dict(_ONE_OF.get(action, {}))
