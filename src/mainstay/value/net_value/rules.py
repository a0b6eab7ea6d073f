"""Columns beside columns: what the parts of a net value have in common."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mainstay.analysis.numerics.arrays import Floats


def looked_up(keys: pa.Array, known: pa.Table, key: str, value: str) -> pa.Array:
    """Return the value beside each key, null where there is none."""
    places = pc.index_in(keys, known[key].combine_chunks())
    found = known[value].combine_chunks().take(places)
    return pc.if_else(pc.is_valid(keys), found, pa.scalar(None, found.type))


def numbers(column: pa.Array) -> Floats:
    """Return a column as floats, null as zero."""
    return np.asarray(pc.fill_null(column, 0), dtype=float)
