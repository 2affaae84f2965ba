"""The networks that Home Assistant is in."""

from ipaddress import IPv4Interface

from homeassistant.components import network
from homeassistant.core import HomeAssistant


async def async_own_addresses(hass: HomeAssistant) -> list[IPv4Interface]:
    """Return the addresses of enabled adapters; loopback is one only if the user chose it."""
    return [
        IPv4Interface((address["address"], address["network_prefix"]))
        for adapter in await network.async_get_adapters(hass)
        if adapter["enabled"]
        for address in adapter["ipv4"]
    ]
