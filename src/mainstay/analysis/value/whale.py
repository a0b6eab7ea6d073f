"""Where profit comes from and where it goes: whale curve, tenths, the 20/80/30 rule, treatments."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
TOP, TAIL = 0.20, 0.30  # the shares of customers that the textbook's rule speaks of
TEXTBOOK = {"top_profit": 0.80, "tail_loss": 0.50}
TENTHS = 10
RAISE_AT_MOST = 0.05  # of revenue: a price rise that a customer may bear
CUT_AT_MOST = 0.50  # of the cost to serve: a saving that may be found


class Whale(NamedTuple):
    """The curve of cumulative net profit, most profitable customer first."""

    n: int
    total_minor: int
    peak_minor: int
    peak_customers: int
    loss_minor: int  # what the customers beyond the peak lose together
    loss_customers: int
    points: list[dict[str, float]]  # customers (share), profit_minor (cumulative)


def curve(net: Ints, *, points: int = 100) -> Whale:
    """Return the whale curve of customers' net profits in minor units."""
    ranked = -np.sort(-np.asarray(net, np.int64))
    n = len(ranked)
    if not n:
        return Whale(0, 0, 0, 0, 0, 0, [])
    through = np.cumsum(ranked)
    wins, losses = int(np.count_nonzero(ranked > 0)), int(np.count_nonzero(ranked < 0))
    peak = int(through[wins - 1]) if wins else 0
    places = np.unique(np.r_[np.linspace(0, n, min(points, n) + 1).round().astype(int), wins])
    reached = np.r_[0, through][places]
    drawn = [
        {"customers": float(place / n), "profit_minor": int(sum_)}
        for place, sum_ in zip(places, reached, strict=True)
    ]
    return Whale(n, int(through[-1]), peak, wins, peak - int(through[-1]), losses, drawn)


def rule(net: Ints) -> dict[str, Any]:
    """Return what the 20/80/30 rule says here, computed; the shares are null without profit.

    top_profit: share of the whole net profit that the best 20 % bring. tail_loss: share of the
    profit at the peak that the worst 30 % lose. unprofitable: share of customers below zero.
    """
    ranked = -np.sort(-np.asarray(net, np.int64))
    whale = curve(ranked, points=1)
    if not whale.n:
        return {"n": 0, "top_profit": None, "tail_loss": None, "unprofitable": None}
    top, tail = math.ceil(TOP * whale.n), math.ceil(TAIL * whale.n)
    brings, loses = int(ranked[:top].sum()), -int(np.minimum(ranked[-tail:], 0).sum())
    return {
        "n": whale.n,
        "top_customers": top,
        "tail_customers": tail,
        "top_minor": brings,
        "tail_minor": loses,
        "top_profit": brings / whale.total_minor if whale.total_minor > 0 else None,
        "tail_loss": loses / whale.peak_minor if whale.peak_minor > 0 else None,
        "unprofitable": whale.loss_customers / whale.n,
    }


def tenths(net: Ints) -> Ints:
    """Return each customer's tenth: 1 holds the most profitable tenth, 10 the least.

    Equal profits are told apart by their order, so the tenths are equally large.
    """
    place = np.empty(len(net), np.int64)
    place[np.argsort(-np.asarray(net, np.int64), kind="stable")] = np.arange(len(net))
    return place * TENTHS // max(len(net), 1) + 1


def signs(*, net: Ints, revenue: Ints, high: float) -> NDArray[np.int64]:
    """Return 2 (++), 1 (+) or -1 (−) for each cell of the customer × product matrix.

    ++ : net profit of at least `high` of revenue; + : at least zero; − : a loss.
    """
    good = (revenue > 0) & (net >= high * np.maximum(revenue, 0))
    return np.where(net < 0, -1, np.where(good, 2, 1)).astype(np.int64)


class Treatments(NamedTuple):
    """The suggested treatment of each customer ("" for none) and the change that it asks for."""

    kind: list[str]
    change: NDArray[np.float64]  # share of revenue or of cost to serve; NaN where none is asked


KINDS = ("", "raise_price", "lower_service_cost", "renegotiate")


def treat(*, net: Ints, revenue: Ints, service: Ints) -> Treatments:
    """Suggest how to treat each unprofitable customer, by the first rule that fits.

    raise_price: a rise of at most 5 % of revenue closes the loss. lower_service_cost: a saving of
    at most half the cost to serve does. renegotiate: neither does, so new terms or parting.
    """
    loss = np.maximum(-np.asarray(net, np.int64), 0)
    rise = np.divide(loss, revenue, out=np.full(len(loss), np.nan), where=revenue > 0)
    cut = np.divide(loss, service, out=np.full(len(loss), np.nan), where=service > 0)
    place = np.select([loss == 0, rise <= RAISE_AT_MOST, cut <= CUT_AT_MOST], [0, 1, 2], default=3)
    change = np.select([place == 1, place == 2], [rise, cut], default=np.nan)
    return Treatments([KINDS[each] for each in place], change)
