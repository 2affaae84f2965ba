"""Tests of `simulator/machine/`."""
