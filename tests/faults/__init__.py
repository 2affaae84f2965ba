"""Faults of printers, when they happen, and what a person sees of them."""
