"""The media browser and the pictures that Home Assistant serves."""
