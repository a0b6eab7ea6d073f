"""The customer's own pages: running work, its stages, what they think of it, agreed actions."""
