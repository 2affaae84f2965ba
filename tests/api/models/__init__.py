"""Tests of `api/models/`."""
