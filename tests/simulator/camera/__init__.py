"""Tests of `simulator/camera/`."""
