"""How fast the integration is: README.md says what is measured and how."""
