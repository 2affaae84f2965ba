"""Tests of the FlashForge integration."""
