"""Which printers are in the network: found, offered and followed."""
