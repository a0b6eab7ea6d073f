"""The board of all key accounts: value, gap, certainty, health, next action, what changed."""
