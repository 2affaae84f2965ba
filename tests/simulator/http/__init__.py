"""Tests of `simulator/http/`."""
