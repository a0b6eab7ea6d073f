"""Where each customer stands among all by an amount, as shares from the top."""

from typing import Any

import numpy as np
import pyarrow as pa

from mainstay.analysis.value.whale import Ints


def shares(amounts: Ints, name: str) -> dict[str, Any]:
    """Return `{name}_rank` and `{name}_through`, largest first; null for amounts not above zero.

    rank: share of the customers with an amount who have more, so the top 5 % are those below 0.05.
    through: share of the whole amount that those with more bring, so the smallest group that
    brings 80 % are those below 0.80. Equal amounts share both.
    """
    there = amounts > 0
    largest = np.sort(amounts[there])[::-1]
    more = len(largest) - np.searchsorted(largest[::-1], amounts, side="right")
    through = np.r_[0, np.cumsum(largest)]
    n, whole = max(len(largest), 1), max(int(through[-1]), 1)
    return {
        f"{name}_rank": pa.array(more / n, mask=~there),
        f"{name}_through": pa.array(through[more] / whole, mask=~there),
    }
