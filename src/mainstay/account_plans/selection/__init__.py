"""Stage one: which customers are key accounts, by criteria with weights."""
