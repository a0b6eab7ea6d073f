"""What orders give to the rules of segments."""
