"""What a person can order, with what must hold before and what proves it."""
