"""The JSON interface on port 8898."""
