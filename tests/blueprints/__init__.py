"""The blueprints, in a running Home Assistant with virtual printers."""
