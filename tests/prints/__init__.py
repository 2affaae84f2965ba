"""Tests of `prints/`, through a running Home Assistant."""
