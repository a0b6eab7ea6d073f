"""Review meetings of a key account: agenda from the data, minutes, decisions, follow-up."""
