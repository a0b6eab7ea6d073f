"""Records that stand below one another."""

from collections.abc import Mapping


def circles(start: int, parents: Mapping[int, int]) -> bool:
    """Answer whether walking up from `start` comes back to it."""
    seen, place = set(), parents.get(start)
    while place is not None and place not in seen:
        if place == start:
            return True
        seen.add(place)
        place = parents.get(place)
    return False
