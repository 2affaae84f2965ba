"""Time and network ports of the computer that the virtual printers run on."""
