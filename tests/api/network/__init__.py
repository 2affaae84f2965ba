"""Tests of `api/network/`."""
