"""The sensors of the spools: rows for the table in sensor.py."""

from urllib.parse import quote

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.translation import async_get_cached_translations

from .api.models.colors import name_of, read_color
from .api.state import MaterialSlot
from .const import DOMAIN
from .coordinator import FlashForgeCoordinator
from .entity import Attributes
from .sensor_rows import FlashForgeSensorDescription

EMPTY = "empty"
"""The state of a slot without filament; it has a text in the translations."""

_COLORS = f"component.{DOMAIN}.selector.color.options."


def spool(key: str, number: int) -> FlashForgeSensorDescription:
    """Describe one spool; ``number`` is 0 for the external spool.

    It shows what a person calls it, like "PLA · Orange", and its color as a picture. An
    empty slot keeps the label of its last spool, which is not shown.
    """

    def label(coordinator: FlashForgeCoordinator) -> MaterialSlot | None:
        shown = coordinator.data.spool(number)
        return shown if shown and shown.has_filament is not False else None

    def words(coordinator: FlashForgeCoordinator) -> str | None:
        shown = coordinator.data.spool(number)
        if shown is None or shown.has_filament is False:
            # Of the external spool, only what is in the extruder is reported.
            return EMPTY if shown and number else None
        name = name_of(shown.color, coordinator.printer.model.palette)
        color = color_word(coordinator.hass, name) if name else None
        return " · ".join(filter(None, (shown.material, color))) or None

    def picture(coordinator: FlashForgeCoordinator) -> str | None:
        return swatch(shown.color) if (shown := label(coordinator)) else None

    def attributes(coordinator: FlashForgeCoordinator) -> Attributes:
        all_of_it, shown = coordinator.data.spool(number), label(coordinator)
        color = shown.color if shown else None
        return {
            "material": shown.material if shown else None,
            "color": color,
            "color_name": name_of(color, coordinator.printer.model.palette),
            "loaded": all_of_it.has_filament if all_of_it else None,
        }

    return FlashForgeSensorDescription(
        key=key,
        translation_key="slot" if number else key,
        number=number or None,
        part="station" if number else "direct_feed",
        category_fn=None if number else _external_spool_category,
        exists_fn=lambda coordinator: coordinator.data.spool(number) is not None,
        value_fn=words,
        picture_fn=picture,
        attributes_fn=attributes,
    )


def _external_spool_category(
    coordinator: FlashForgeCoordinator,
) -> EntityCategory | None:
    """Return that the external spool is not asked about while a station feeds.

    While the printer has not answered yet, a station that it once had counts.
    """
    station = coordinator.data.station is not None
    if not coordinator.seen:
        slot = f"{coordinator.serial}_slot_1"
        registry = er.async_get(coordinator.hass)
        station = registry.async_get_entity_id("sensor", DOMAIN, slot) is not None
    return EntityCategory.DIAGNOSTIC if station else None


def color_word(hass: HomeAssistant, name: str) -> str:
    """Return the word for a color of a palette in the language of Home Assistant."""
    words = async_get_cached_translations(
        hass, hass.config.language, "selector", DOMAIN
    )
    return words.get(_COLORS + name, name.replace("_", " ").capitalize())


def swatch(color: str | None) -> str | None:
    """Return a picture of a color as an address that holds all of it.

    The gray edge shows white on white and black on black.
    """
    if (known := read_color(color)) is None:
        return None
    # The frontend puts the address into CSS without quotes.
    return "data:image/svg+xml," + quote(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>"
        f"<circle cx='12' cy='12' r='11' fill='{known}' stroke='#808080'/></svg>",
        safe="",
    )
