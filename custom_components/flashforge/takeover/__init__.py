"""Taking over what other integrations for these printers left in Home Assistant."""
