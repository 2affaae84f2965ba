"""Constants of the FlashForge integration."""

from datetime import timedelta

from .api.texts import get_logger

DOMAIN = "flashforge"
LOGGER = get_logger(__package__ or DOMAIN)

MANUFACTURER = "FlashForge"

CONF_CHECK_CODE = "check_code"
CONF_FACTS = "facts"
CONF_LOGS_IN = "logs_in"
CONF_PRODUCT_ID = "product_id"
CONF_PROTOCOL = "protocol"
CONF_SERIAL_NUMBER = "serial_number"

OPTION_LIGHT = "light"
OPTION_PLUG = "plug"
OPTION_POWER_METER = "power_meter"
LIGHT_AUTO = "auto"
LIGHT_YES = "yes"

OPTION_STATISTICS = "statistics"
"""Of an entity in the registry: it was taken over and has statistics to continue."""

OPTION_CAMERA = "camera_entity"

CAMERA_KEY = "camera"
"""The key of the camera entity, also of another camera in its place."""

SCAN_INTERVAL = timedelta(minutes=5)
"""How often the network is searched for printers."""

FIRST_POLL = 3.0
"""Seconds that the set-up waits for the first poll before it continues."""

TOOL_INDEXES = range(4)
"""The most toolheads that a printer has, counted from 0."""

SLOT_NUMBERS = range(1, 5)
"""The most slots that a printer has, counted from 1 as on its screen."""

DEFAULT_POWER_OFF_DELAY = 30
"""Minutes until automatic power-off if the printer has no delay yet."""

REPOSITORY = "https://github.com/flashforge-home-assistant/flashforge"
MOONRAKER_INTEGRATION = (
    "https://github.com/marcolivierarsenault/moonraker-home-assistant"
)

MOONRAKER_PROBE_INTERVAL = timedelta(hours=1)
"""How often a printer with unreadable answers is probed for Moonraker."""

CAMERA_PROBE_INTERVAL = timedelta(hours=1)
"""How often a printer that reports no camera is probed for one."""

ATTR_EVENT_TYPE = "event_type"
"""The attribute of an event entity that names what happened last."""

EVENT_PRINT = f"{DOMAIN}_print"
"""The event on Home Assistant's bus that the activity puts into a sentence."""

SIGNAL_LAST_FRAME = f"{DOMAIN}_last_frame"
"""Sent with the entry when the picture of a finished print was kept."""
