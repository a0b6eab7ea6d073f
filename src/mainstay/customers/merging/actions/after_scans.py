"""Merging by rule after a search for duplicates, where the company wants that."""

from datetime import datetime
from typing import Any

from mainstay.customers.duplicates import queries as pairs
from mainstay.customers.merging.actions import by_rule
from mainstay.people.permissions import can


def after_scan(scan: Any, now: datetime) -> None:
    """Merge what is sure as the person who started the search; else it is left for a person."""
    if not pairs.thresholds().merges_by_rule or unentitled(scan):
        return
    if by_rule.plan(scan.started_by).groups:
        by_rule.start(by=scan.started_by, now=now)


def unentitled(scan: Any) -> bool:
    """Tell whether nobody who may merge by rule stands behind the search."""
    return not can(scan.started_by, by_rule.RIGHT)
