"""How long the customers of old value runs are kept."""
