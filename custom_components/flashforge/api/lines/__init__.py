"""The line protocol on port 8899."""
