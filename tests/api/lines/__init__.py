"""Tests of `api/lines/`."""
