"""Tests of what becomes of the entries of other integrations."""
