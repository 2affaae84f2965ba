"""What an owner sees without touching anything."""
