"""Who recommended us to whom."""
