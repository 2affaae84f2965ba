"""Tests of `simulator/lines/`."""
