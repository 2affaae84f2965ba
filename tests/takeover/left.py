"""What other integrations left: their entries, devices and entities, as in their stores."""

from collections.abc import Mapping
from dataclasses import dataclass
import json
from pathlib import Path
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.entity import EntityCategory
from pytest_homeassistant_custom_component.common import MockConfigEntry

SHAPES = Path(__file__).parent.parent / "fixtures" / "takeover"

SERIAL = "SNTEST0000001"
CODE = "12345678"


def shape(name: str) -> dict[str, Any]:
    """Return what is known about an integration."""
    return json.loads((SHAPES / f"{name}.json").read_text(encoding="utf-8"))


@dataclass
class Left:
    """An entry of another integration, and what belongs to it."""

    entry: MockConfigEntry
    entities: Mapping[str, er.RegistryEntry]
    device: str | None

    def renamed(self, hass: HomeAssistant, kind: str, **changes: Any) -> None:
        """Change an entity as a person does."""
        er.async_get(hass).async_update_entity(self.entities[kind].entity_id, **changes)

    def heir(self, hass: HomeAssistant, kind: str) -> er.RegistryEntry | None:
        """Return what became of an entity."""
        return er.async_get(hass).entities.get_entry(self.entities[kind].id)


def kind_of(record: Mapping[str, Any], keys: Mapping[str, Any]) -> str:
    """Return the name of an entity in the tables: the longest key its unique id ends with."""
    domain = record["entity_id"].partition(".")[0]
    ends = [
        key
        for key in keys
        if key.startswith(f"{domain}/")
        and record["unique_id"].endswith("_" + key.partition("/")[2])
    ]
    return max(ends, key=len)


def leave(
    hass: HomeAssistant,
    name: str,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    other_models: bool = False,
    without: tuple[str, ...] = (),
    **changes: Any,
) -> Left:
    """Let an integration have been there, with its entry changed."""
    known = shape(name)
    entry = {**known["entry"], **changes}
    data = {**known["entry"]["data"], **changes.get("data", {})}
    if "ip_address" in data:
        data["ip_address"] = host
    elif "host" in data:
        data["host"] = host
    if data.get("port") == 8898 and port is not None:
        data["port"] = port
    mock = MockConfigEntry(
        domain=entry["domain"],
        entry_id=entry["entry_id"],
        title=entry["title"],
        unique_id=entry["unique_id"],
        version=entry["version"],
        minor_version=entry["minor_version"],
        data={key: value for key, value in data.items() if key not in without},
        options=entry["options"],
    )
    mock.add_to_hass(hass)
    device = _leave_device(hass, known, mock)
    records = list(known["entities"])
    if other_models:
        records += known.get("entities_of_other_models", [])
    old, new = known["entry"]["unique_id"], entry["unique_id"]
    entities = {}
    for record in records:
        unique_id = record["unique_id"]
        if new != old and unique_id.startswith(f"{old}_"):
            unique_id = f"{new}{unique_id.removeprefix(str(old))}"
        entities[kind_of(record, known["keys"])] = _leave_entity(
            hass, record, unique_id, mock, device
        )
    return Left(mock, entities, device)


def _leave_device(
    hass: HomeAssistant, known: Mapping[str, Any], entry: ConfigEntry
) -> str | None:
    if not known["devices"]:
        return None
    record = known["devices"][0]
    identifier = record["identifiers"][0][1]
    if identifier == known["entry"]["unique_id"]:
        identifier = entry.unique_id or ""
    registry = dr.async_get(hass)
    device = registry.async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(record["identifiers"][0][0], identifier)},
        **{
            key: record[key]
            for key in ("manufacturer", "model", "name", "hw_version", "sw_version")
        },
    )
    area = ar.async_get(hass).async_get_or_create("Cellar")
    registry.async_update_device(device.id, area_id=area.id, name_by_user="Old friend")
    return device.id


def _leave_entity(
    hass: HomeAssistant,
    record: Mapping[str, Any],
    unique_id: str,
    entry: ConfigEntry,
    device: str | None,
) -> er.RegistryEntry:
    domain, _, object_id = record["entity_id"].partition(".")
    category = record["entity_category"]
    registered = er.async_get(hass).async_get_or_create(
        domain,
        record["platform"],
        unique_id,
        suggested_object_id=object_id,
        config_entry=entry,
        device_id=device,
        capabilities=record["capabilities"],
        entity_category=EntityCategory(category) if category else None,
        has_entity_name=record["has_entity_name"],
        original_device_class=record["original_device_class"],
        original_name=record["original_name"],
        supported_features=record["supported_features"],
        translation_key=record["translation_key"],
        unit_of_measurement=record["unit_of_measurement"],
    )
    assert registered.entity_id == record["entity_id"]
    for part, options in record["options"].items():
        er.async_get(hass).async_update_entity_options(
            registered.entity_id, part, options
        )
    return er.async_get(hass).entities[registered.entity_id]


async def enter_codes(hass: HomeAssistant) -> None:
    """Enter the check code wherever a taken-over entry asks for its first one."""
    for flow in hass.config_entries.flow.async_progress():
        assert flow["step_id"] == "first_code"
        await hass.config_entries.flow.async_configure(
            flow["flow_id"], {"check_code": CODE}
        )
        await hass.async_block_till_done(wait_background_tasks=True)
