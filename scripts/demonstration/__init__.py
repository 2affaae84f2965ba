"""The demo: virtual printers, a real Home Assistant, and the first steps of a user."""
