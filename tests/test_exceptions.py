"""What can go wrong has words, whatever it is."""

from collections.abc import Iterator
import importlib
import json
from pathlib import Path
import pkgutil

from custom_components import flashforge
from custom_components.flashforge.api.errors import FlashForgeError

TEXTS = Path(flashforge.__path__[0]) / "translations" / "en.json"


def kinds(of: type[FlashForgeError]) -> Iterator[type[FlashForgeError]]:
    """Return a type of error and all that are more exact."""
    yield of
    for kind in of.__subclasses__():
        yield from kinds(kind)


def test_every_error_has_a_text() -> None:
    name = f"{flashforge.__name__}."
    for module in pkgutil.walk_packages(flashforge.__path__, name):
        importlib.import_module(module.name)
    texts = json.loads(TEXTS.read_text())["exceptions"]
    missing = {kind.key for kind in kinds(FlashForgeError)} - texts.keys()
    assert not missing
