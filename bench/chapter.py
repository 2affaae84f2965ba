"""Measures one chapter and prints its numbers as JSON: `python -m bench.chapter polls`."""

import argparse
import asyncio
from importlib import import_module
import json
import logging

from .__main__ import CHAPTERS


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("chapter", choices=CHAPTERS)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    # Whatever Home Assistant is worried about does not belong between the numbers; an
    # error does, for the numbers would not be worth anything.
    logging.basicConfig(level=logging.ERROR)
    logging.getLogger("homeassistant.components.camera.img_util").disabled = True
    chapter = import_module(f"bench.{options.chapter}")
    print(json.dumps(asyncio.run(chapter.measure(quick=options.quick))))


if __name__ == "__main__":
    main()
