"""How much memory the first printer adds to a Home Assistant without the integration."""

from .gauges import rss
from .home import add, home_assistant
from .outside import outside
from .readings import MODEL

_HOUSE = (
    "binary_sensor",
    "button",
    "camera",
    "fan",
    "file_upload",
    "image",
    "light",
    "network",
    "number",
    "select",
    "sensor",
    "switch",
)
"""What other devices of a house have loaded before; none of it is ours."""

_NEXT = 10


async def measure(*, quick: bool) -> dict[str, object]:
    """Measure before the first printer, after it, and after some more of them."""
    async with (
        outside() as world,
        home_assistant({domain: {} for domain in _HOUSE}, integration=False) as hass,
    ):
        empty = rss()
        (first,) = await world.make(model=MODEL, printing=True)
        await add(hass, first)
        one = rss()
        requests = await world.requests()
        for printer in await world.make(_NEXT, model=MODEL, printing=True):
            await add(hass, printer)
        more = rss()
    return {
        "memory_mb": {"first": one - empty, "next": (more - one) / _NEXT},
        "setup_requests": requests,
    }
