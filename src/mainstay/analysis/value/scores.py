"""RFM scores: 5 is best; customers with equal values always get equal scores."""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
from ibis import _

QUANTILES = [0.2, 0.4, 0.6, 0.8]
MEASURES = {"r": "recency_days", "f": "occasions", "m": "revenue_minor"}
Cuts = Mapping[str, Sequence[float]]


def cut_points(facts: ibis.Table) -> ibis.Table:
    """Return one row: the four quantiles of each measure, r, f and m, and n customers."""
    cuts = {score: facts[measure].quantile(QUANTILES) for score, measure in MEASURES.items()}
    return facts.agg(n=facts.count(), **cuts)


def cuts(row: Mapping[str, Any]) -> dict[str, list[float]]:
    """Return the cut points of each measure, from the row of `cut_points`.

    Measures are whole numbers. Engines interpolate even between equals, -217 and -217, and may
    miss them by a rounding error, which would part customers with that value from the cut.
    """
    return {name: [round(cut, 6) for cut in row[name]] for name in MEASURES}


def scored(facts: ibis.Table, *, cuts: Cuts) -> ibis.Table:
    """Return the facts with scores r, f, m and the code rfm.

    A score is 1 plus the number of cut points that the value exceeds; recency, where fewer days
    are better, counts the cut points that are not below it. Ties share a score, so a score may
    be empty where many customers have the same value.
    """
    return facts.mutate(
        r=_score([_.recency_days <= cut for cut in cuts["r"]]),
        f=_score([_.occasions > cut for cut in cuts["f"]]),
        m=_score([_.revenue_minor > cut for cut in cuts["m"]]),
    ).mutate(rfm=(_.r.cast("int16") * 100 + _.f * 10 + _.m).cast("string"))


def _score(passed: Sequence[ibis.Value]) -> ibis.Value:
    one, *rest = [test.cast("int8") for test in passed]
    for other in rest:
        one = one + other
    return (one + 1).cast("int8")


def grid(scored: ibis.Table) -> ibis.Table:
    """Return customers and revenue_minor of each cell of recency score by frequency score."""
    return (
        scored.group_by("r", "f")
        .agg(customers=_.count(), revenue_minor=_.revenue_minor.sum().cast("int64"))
        .order_by("r", "f")
    )
