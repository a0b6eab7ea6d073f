"""Sharing a customer with a colleague or a team, and who sees it for which reason."""
