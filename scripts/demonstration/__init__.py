"""The demo: virtual printers, a real Home Assistant, and what a person would do first."""
