"""Port 8080: what the camera sees, as a stream of pictures."""
