"""The forms of the config flow and the options flow, and the names of their fields."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import CONF_HOST, CONF_PORT, Platform
from homeassistant.data_entry_flow import section
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import probatio
from probatio import Secret

from .api import HTTP_PORT
from .api.network.address import Place, parse_address
from .const import (
    CONF_CHECK_CODE,
    CONF_SERIAL_NUMBER,
    LIGHT_AUTO,
    LIGHT_YES,
    OPTION_CAMERA,
    OPTION_LIGHT,
    OPTION_PLUG,
    OPTION_POWER_METER,
)
from .discovery.candidate import Candidate

CONF_PRINTER: Final = "printer"
MANUAL: Final = "manual"
SECTION_ADVANCED: Final = "advanced"

_TEXT = TextSelector(TextSelectorConfig(autocomplete="off"))
_CODE = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
)
_ADVANCED = section(
    probatio.Schema({probatio.Required(CONF_PORT, default=HTTP_PORT): cv.port}),
    {"collapsed": True},
)

MANUAL_SCHEMA = probatio.Schema(
    {
        probatio.Required(CONF_HOST): _TEXT,
        probatio.Required(SECTION_ADVANCED): _ADVANCED,
    }
)
ADDRESS_SCHEMA = probatio.Schema(
    {
        probatio.Required(CONF_HOST): _TEXT,
        probatio.Required(SECTION_ADVANCED): _ADVANCED,
    }
)
SERIAL_SCHEMA = probatio.Schema({probatio.Required(CONF_SERIAL_NUMBER): _TEXT})
CODE_SCHEMA = probatio.Schema({probatio.Required(Secret(CONF_CHECK_CODE)): _CODE})
ADOPT_SCHEMA = probatio.Schema(
    {
        probatio.Required(CONF_HOST): _TEXT,
        probatio.Optional(CONF_SERIAL_NUMBER): _TEXT,
        probatio.Required(Secret(CONF_CHECK_CODE)): _CODE,
        probatio.Required(SECTION_ADVANCED): _ADVANCED,
    }
)
RECONFIGURE_SCHEMA = probatio.Schema(
    {
        probatio.Required(CONF_HOST): _TEXT,
        probatio.Optional(Secret(CONF_CHECK_CODE)): _CODE,
        probatio.Required(SECTION_ADVANCED): _ADVANCED,
    }
)
OPTIONS_SCHEMA = probatio.Schema(
    {
        probatio.Required(OPTION_LIGHT, default=LIGHT_AUTO): SelectSelector(
            SelectSelectorConfig(
                options=[LIGHT_AUTO, LIGHT_YES],
                mode=SelectSelectorMode.LIST,
                translation_key=OPTION_LIGHT,
            )
        ),
    }
)


def typed_address(typed: Mapping[str, Any]) -> Place:
    """Return the entered address; a port in it counts more than the one beside it.

    Raises ``AddressError`` when the text is none.
    """
    address = parse_address(typed[CONF_HOST])
    return Place(address.host, address.port or typed[SECTION_ADVANCED][CONF_PORT])


def suggested(field: str, value: str) -> dict[str, str]:
    """Return what a field starts with, nothing while it has no value."""
    return {field: value} if value else {}


def options_schema(own: Iterable[str]) -> probatio.Schema:
    """Return the form of all options.

    ``own`` entities, those of all printers, are not offered. A camera that replaces itself,
    or two that replace each other, would ask for pictures in a circle, and a switch of a
    printer that is taken for its plug would make it look switched off.
    """
    excluded = sorted(own)

    def of(platform: Platform) -> EntitySelectorConfig:
        return EntitySelectorConfig(domain=platform, exclude_entities=excluded)

    meter = of(Platform.SENSOR)
    meter["device_class"] = SensorDeviceClass.POWER
    return OPTIONS_SCHEMA.extend(
        {
            probatio.Optional(OPTION_PLUG): EntitySelector(of(Platform.SWITCH)),
            probatio.Optional(OPTION_POWER_METER): EntitySelector(meter),
            probatio.Optional(OPTION_CAMERA): EntitySelector(of(Platform.CAMERA)),
        }
    )


def printer_schema(candidates: Iterable[Candidate]) -> probatio.Schema:
    """Return the form that offers the found printers, and to enter an address."""
    found = sorted(
        (SelectOptionDict(value=each.serial, label=each.label) for each in candidates),
        key=lambda option: option["label"],
    )
    return probatio.Schema(
        {
            probatio.Required(CONF_PRINTER): SelectSelector(
                SelectSelectorConfig(
                    # The label of the last one comes from the translations.
                    options=[*found, SelectOptionDict(value=MANUAL, label=MANUAL)],
                    mode=SelectSelectorMode.LIST,
                    translation_key=CONF_PRINTER,
                )
            )
        }
    )
