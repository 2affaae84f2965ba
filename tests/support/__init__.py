"""What tests of every folder use: the clock, the network, printers, lookups."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The repository."""

FIXTURES = ROOT / "tests" / "fixtures"
"""Captured answers, and files as slicers write them (its README names the sources)."""
