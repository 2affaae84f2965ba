"""Tests of `api/wire/`."""
