"""Orders and products from files."""
