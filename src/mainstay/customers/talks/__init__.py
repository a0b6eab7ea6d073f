"""Conversations: who took part, who was mentioned, which files belong to them."""
