"""Tests of `media/`, through a running Home Assistant."""
