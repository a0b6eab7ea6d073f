"""Who moved between two runs, why, and what it did to customer equity."""
