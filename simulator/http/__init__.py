"""Port 8898: JSON over HTTP."""
