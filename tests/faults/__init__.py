"""What goes wrong with printers, when it does, and what a person sees of it."""
