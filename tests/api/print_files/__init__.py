"""Tests of `api/print_files/`."""
