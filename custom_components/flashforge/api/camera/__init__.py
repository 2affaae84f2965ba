"""The picture of the camera, from one connection for all viewers."""
