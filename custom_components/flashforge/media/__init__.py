"""What the media browser shows of printers."""
