"""Tests of `printer/`, through a running Home Assistant."""
