"""Tests of `api/commands/`."""
