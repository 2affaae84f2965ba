"""What one printer needs below its coordinator."""
