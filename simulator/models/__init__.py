"""What the models and their firmwares are, as data."""
