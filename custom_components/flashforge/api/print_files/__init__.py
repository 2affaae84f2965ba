"""Sliced files: reading, names, and local access."""
