"""Choosing key accounts: weighted rankings, weights by pairwise judgement, the selection matrix."""
