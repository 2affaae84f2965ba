"""Tests of `simulator/faults/`."""
