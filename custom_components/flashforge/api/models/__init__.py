"""What is known of each model: its features, limits, colors and error codes."""
