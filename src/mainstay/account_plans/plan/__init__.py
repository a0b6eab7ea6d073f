"""The plan: five parts told from the data, edited in place, approved as versions."""
