"""FlashForge printers, without Home Assistant."""
