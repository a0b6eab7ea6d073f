"""Stage three: who decides at a key account, what is missing, and who knows whom."""
