"""What winning a customer cost, by the channel it came by."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def cost_of_winning(won: pa.Table, costs: Iterable[tuple[int, str, int]]) -> dict[int, int]:
    """Return the mean cost of a new customer of each channel, in minor units.

    Only months whose cost is known count, with the customers won in them.

    Args:
        won: `channel` and `month` (2026-03) of each new customer.
        costs: channel, month and cost.
    """
    counted = won.group_by(["channel", "month"]).aggregate([([], "count_all")]).to_pylist()
    numbers = {(row["channel"], row["month"]): row["count_all"] for row in counted}
    spent: Counter[int] = Counter()
    found: Counter[int] = Counter()
    for channel, month, cost in costs:
        spent[channel] += cost
        found[channel] += numbers.get((channel, month), 0)
    return {channel: round(spent[channel] / n) for channel, n in found.items() if n}


def looked_up(keys: pa.Array, known: pa.Table, key: str, value: str) -> pa.Array:
    """Return the value beside each key, null where there is none."""
    places = pc.index_in(keys, known[key].combine_chunks())
    return known[value].combine_chunks().take(places)


def numbers(column: pa.Array) -> np.ndarray:
    """Return a column as floats, null as zero."""
    return np.asarray(pc.fill_null(column, 0), dtype=float)
