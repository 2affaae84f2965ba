"""The rules of our own checks, one module per subject."""
