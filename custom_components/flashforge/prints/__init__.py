"""What becomes of prints."""
