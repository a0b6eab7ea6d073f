"""Gaps: what a customer buys of a product market, beside what it buys from us.

    share of wallet = sales / wallet
    current gap     = wallet − sales
    future gap      = wallet · g  +  wallet · (1 + g) · s

g is the growth of the product market over the next twelve months, s the relative change of the
customer's own share of its market over the same time: the two sources of growth add up exactly,
wallet at the horizon = wallet · (1 + g) · (1 + s). Amounts in minor units of one currency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import numpy as np
from ibis import _

from mainstay.analysis.tables import VALUED_KINDS

YEAR = timedelta(days=365)
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True)
class Gaps:
    """One entry per customer and product market; NaN where it cannot be told."""

    share_of_wallet: Floats
    current: Floats
    market_part: Floats  # of the future gap: the product market grows
    share_part: Floats  # of the future gap: the customer wins or loses in its own market

    @property
    def future(self) -> Floats:
        """The growth of what the customer buys, from both sources."""
        return self.market_part + self.share_part

    @property
    def at_horizon(self) -> Floats:
        """What the customer will buy elsewhere at the horizon, if our sales stay as they are."""
        return self.current + self.future


def gaps(
    *,
    wallet: Sequence[float],
    sales: Sequence[float],
    market_growth: Sequence[float],
    share_growth: Sequence[float],
) -> Gaps:
    """Return shares of wallet and gaps; a growth that is NaN counts as not known, not as none.

    Args:
        wallet: what each customer buys of the product market in a year, from everybody.
        sales: what of it each bought from us; more than the wallet shows as a negative gap.
        market_growth, share_growth: shares of one, such as 0.04; at least −1.

    Raises:
        ValueError: arrays of different length, a negative wallet, or a growth below −100 %.
    """
    W, bought, g, s = (np.asarray(a, float) for a in (wallet, sales, market_growth, share_growth))
    if not W.shape == bought.shape == g.shape == s.shape:
        raise ValueError("wallet, sales, market_growth and share_growth differ in length.")
    if (W < 0).any():
        raise ValueError("A wallet is negative; what a customer buys in a year is at least 0.")
    if (g < -1).any() or (s < -1).any():
        raise ValueError("A growth is below −100 %; nothing shrinks by more than all of it.")
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(W > 0, bought / W, np.nan)
    return Gaps(share, W - bought, W * g, W * (1 + g) * s)


def share_growth(now: float | None, then: float | None) -> float:
    """Return how much a market share changes relative to itself: 20 % to 25 % is 0.25."""
    return float("nan") if now is None or then is None or now <= 0 else then / now - 1


def sales(lines: ibis.Table, markets: ibis.Table, wanted: ibis.Table, *, as_of: date) -> ibis.Table:
    """Return what each wanted customer bought of each wanted market in the year up to a day.

    Args:
        lines: order lines with customer_id, product_id, day, amount_minor and kind.
        markets: one row per product and market it belongs to: product_id, market_id.
        wanted: the pairs to count: customer_id, market_id.

    Returns:
        customer_id, market_id and sales_minor (returns netted) of the pairs with any line.
    """
    counted = lines.filter(
        _.day > as_of - YEAR, _.day <= as_of, _.kind.fill_null("goods").isin(VALUED_KINDS)
    )
    placed = counted.inner_join(markets, "product_id").inner_join(
        wanted, ["customer_id", "market_id"]
    )
    return placed.group_by("customer_id", "market_id").agg(
        sales_minor=_.amount_minor.sum().cast("int64")
    )
