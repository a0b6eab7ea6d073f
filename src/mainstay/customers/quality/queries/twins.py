"""Which customers the search for duplicates holds for one."""

from mainstay.customers.duplicates import queries as duplicates
from mainstay.shared.conditions import among


def of(ids: list[int]) -> dict[int, str]:
    """Return for each of the customers the name of the most probable twin, still to be decided."""
    pairs = duplicates.open_pairs(None).order_by("probability", "-pk")
    left, right = among(pairs.db, ids, "left_id"), among(pairs.db, ids, "right_id")
    found = dict(pairs.filter(left).values_list("left_id", "right__name"))
    return found | dict(pairs.filter(right).values_list("right_id", "left__name"))
