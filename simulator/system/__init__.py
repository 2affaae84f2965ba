"""What the printers need of the computer they run on: time and ports."""
