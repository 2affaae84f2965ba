"""What a sliced file says about its print."""
