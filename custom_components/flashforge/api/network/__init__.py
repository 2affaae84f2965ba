"""Who is there, and what keeps Home Assistant from a printer."""
