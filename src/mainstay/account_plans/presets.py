"""Shipped lists that a company may change: its own wording is kept beside them, by key.

What nobody changed stays translated into the reader's language, and needs no rows.
"""

from collections.abc import Iterable
from typing import Any

OWN = "own-"  # what keys of added rows begin with


def merged(shipped: Iterable[Any], wordings: Iterable[Any], made: Any) -> list[Any]:
    """Return the shipped entries with the company's own wording, then those it added.

    `made(wording)` makes an entry; one that was put away is left out.
    """
    changed = {row.key: row for row in wordings}
    first = [made(changed.pop(each.key)) if each.key in changed else each for each in shipped]
    found = first + [made(row) for row in changed.values()]
    return [each for each in found if not each.is_archived]


def next_key(keys: Iterable[str]) -> str:
    """Return the key of the next entry that is added."""
    numbers = [int(key.removeprefix(OWN)) for key in keys if key.startswith(OWN)]
    return f"{OWN}{max(numbers, default=0) + 1}"
