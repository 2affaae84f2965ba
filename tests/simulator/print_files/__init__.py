"""Tests of `simulator/print_files/`."""
