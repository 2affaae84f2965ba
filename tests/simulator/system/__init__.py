"""Tests of `simulator/system/`."""
