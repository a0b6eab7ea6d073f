"""All of customer value on one page, and the same on paper for a board."""
