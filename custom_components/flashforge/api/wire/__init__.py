"""How the answers of a modern printer are read."""
