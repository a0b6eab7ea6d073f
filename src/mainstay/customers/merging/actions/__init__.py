"""Merging records, and undoing it."""

from mainstay.customers.merging.actions import by_rule
from mainstay.customers.merging.actions.after_scans import after_scan, unentitled
from mainstay.customers.merging.actions.conflicts import Conflict
from mainstay.customers.merging.actions.conflicts import conflicts as conflicts_of
from mainstay.customers.merging.actions.merge import Wish, merge, merge_many
from mainstay.customers.merging.actions.undo import Undecided, open_pairs, undo
from mainstay.customers.merging.actions.winning import save_rules, settle

__all__ = [
    "Conflict",
    "Undecided",
    "Wish",
    "after_scan",
    "by_rule",
    "conflicts_of",
    "merge",
    "merge_many",
    "open_pairs",
    "save_rules",
    "settle",
    "undo",
    "unentitled",
]
