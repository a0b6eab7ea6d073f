"""Pages that list and change customers, contacts and interactions."""
