"""Tests of the papers, the scripts, the benchmark and our own checks."""
