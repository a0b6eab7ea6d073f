"""Key accounts: who they are, how we stand with them, and what we plan."""
