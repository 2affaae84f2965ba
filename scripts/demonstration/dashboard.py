"""The dashboard of the demo: the integration's own, made as the dialog makes it."""

from collections.abc import Mapping
from hashlib import sha256

from .home import INTEGRATION
from .hub import Hub

STRATEGY: Mapping[str, object] = {"strategy": {"type": f"custom:{INTEGRATION}"}}
"""The whole configuration: the browser makes the rest from the printers that are there."""

# What "Add dashboard" fills in for FlashForge.
URL_PATH = "3d-printers"
TITLE = "3D printers"
ICON = "mdi:printer-3d"

_START_PAGE = "default_panel"
_SCRIPT = f"/{INTEGRATION}_static/{INTEGRATION}.js"
_DEFINES = f'"ll-strategy-dashboard-{INTEGRATION}"'


async def show(hub: Hub) -> None:
    """Make the FlashForge dashboard the first page, unless there is one already."""
    dashboards = await hub.command("lovelace/dashboards/list")
    if any(dashboard["url_path"] == URL_PATH for dashboard in dashboards):
        return
    await hub.command(
        "lovelace/dashboards/create",
        url_path=URL_PATH,
        title=TITLE,
        icon=ICON,
        mode="storage",
        show_in_sidebar=True,
        require_admin=False,
    )
    await hub.command("lovelace/config/save", url_path=URL_PATH, config={**STRATEGY})
    await hub.command(
        "frontend/set_system_data", key="core", value={_START_PAGE: URL_PATH}
    )


async def problems(hub: Hub, script: bytes) -> list[str]:
    """Return what keeps a browser from showing the dashboard that the script makes."""
    stored = await hub.command("lovelace/config", url_path=URL_PATH)
    start = await hub.command("frontend/get_system_data", key="core")
    address = f"{_SCRIPT}?v={sha256(script).hexdigest()[:8]}"
    page, served = [await hub.read(path) for path in (f"/{URL_PATH}", address)]
    first = (start["value"] or {}).get(_START_PAGE)
    checks = {
        f"the dashboard is not made by the integration: {stored}": stored == STRATEGY,
        f"the first page is another one: {first}": first == URL_PATH,
        f"the page does not load {address}": address.encode() in page,
        f"{address} is not the built script": served == script,
        f"the script does not define {_DEFINES}": _DEFINES.encode() in served,
    }
    return [what for what, well in checks.items() if not well]
