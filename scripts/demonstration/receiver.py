"""What a configuration folder needs to show messages: blueprints, and who receives them."""

import json
from pathlib import Path
import shutil

SCREEN = "demo_screen"
"""The integration in the folder screen."""

BLUEPRINTS = Path("blueprints/automation/flashforge")

_HERE = Path(__file__).resolve().parent
# A repository of an integration may have one manifest only, so this one is written.
_MANIFEST = {
    "domain": SCREEN,
    "name": "Screen of the demo",
    "codeowners": [],
    "config_flow": True,
    "documentation": "https://github.com/flashforge-home-assistant/flashforge",
    "iot_class": "calculated",
    "single_config_entry": True,
    "version": "1.0.0",
}


def lay_out(folder: Path) -> None:
    """Write the blueprints of this checkout and the receiver into a folder."""
    screen = Path("custom_components") / SCREEN
    for source, target in (
        (_HERE.parents[1] / BLUEPRINTS, folder / BLUEPRINTS),
        (_HERE / "screen", folder / screen),
    ):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    manifest = folder / screen / "manifest.json"
    manifest.write_text(json.dumps(_MANIFEST), encoding="utf-8")
