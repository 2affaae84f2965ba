"""Port 8899: lines of text."""
