"""Tests of `discovery/`, through a running Home Assistant."""
