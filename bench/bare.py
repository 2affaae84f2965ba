"""Entities that do nothing but write the states that they are given."""

from collections.abc import Callable, Sequence
from itertools import cycle

from homeassistant.components.image import ImageEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_component import DATA_INSTANCES

from .home import DOMAIN

type Values = dict[str, object]

_SHOWN = (
    "available",
    "brightness",
    "current_option",
    "extra_state_attributes",
    "image_last_updated",
    "is_on",
    "native_value",
    "percentage",
)
"""The properties in which the entities of the integration change from poll to poll."""

_COMPONENTS = "homeassistant.components."


def entity_of(hass: HomeAssistant, entity_id: str) -> Entity:
    """Return the entity behind a state."""
    domain = entity_id.partition(".")[0]
    entity = hass.data[DATA_INSTANCES][domain].get_entity(entity_id)
    assert entity is not None
    return entity


def values_of(entity: Entity) -> Values:
    """Return what an entity shows now."""
    return {name: getattr(entity, name) for name in _SHOWN if hasattr(entity, name)}


def give(entity: Entity, values: Values) -> None:
    """Let an entity show these values, as Home Assistant's own classes keep them."""
    for name, value in values.items():
        setattr(entity, f"_attr_{name}", value)


async def bare_copy(hass: HomeAssistant, model: Entity, label: str) -> Entity:
    """Add an entity of Home Assistant's own class with the description of ``model``."""
    kind = next(
        each for each in type(model).__mro__ if each.__module__.startswith(_COMPONENTS)
    )
    bare = kind(hass) if issubclass(kind, ImageEntity) else kind()
    assert isinstance(bare, Entity)
    bare.entity_description = model.entity_description
    give(
        bare,
        {
            "has_entity_name": True,
            "should_poll": False,
            "unique_id": f"{label}_{model.unique_id}",
            "device_info": DeviceInfo(identifiers={(DOMAIN, label)}, name=label),
            "translation_placeholders": model.translation_placeholders,
        },
    )
    if options := getattr(model, "options", None):
        # A select is not added without them.
        give(bare, {"options": options})
    await model.platform.async_add_entities([bare])
    return bare


def writer(
    entities: Sequence[Entity], versions: Sequence[Sequence[Values]]
) -> Callable[[], None]:
    """Return what writes the states of all entities, each time those of the next version.

    Only the values that differ from version to version are set again.
    """
    changing = [
        [
            name
            for name in each[0]
            if any(other[name] != each[0][name] for other in each)
        ]
        for each in zip(*versions, strict=True)
    ]
    for entity, values in zip(entities, versions[0], strict=True):
        give(entity, values)
    steps = cycle(
        [
            [
                (entity, {name: values[name] for name in names})
                for entity, names, values in zip(
                    entities, changing, version, strict=True
                )
            ]
            for version in versions
        ]
    )

    def write() -> None:
        for entity, values in next(steps):
            give(entity, values)
            entity.async_write_ha_state()

    return write
