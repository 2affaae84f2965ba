"""Tests of `actions/`, through a running Home Assistant."""
