"""Tests of `api/camera/`."""
