"""The virtual printers behave like the real ones that the protocol reference describes."""
