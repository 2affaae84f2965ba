"""Sliced files: written as a slicer does, and read."""
