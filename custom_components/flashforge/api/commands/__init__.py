"""Commands for a printer, with their checks before and their proofs after."""
