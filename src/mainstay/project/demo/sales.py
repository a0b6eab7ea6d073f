"""Turn purchases into order lines, with postage, discounts, returns and cancellations."""

import numpy as np
from numpy.typing import NDArray

from mainstay.project.demo.catalogue import Catalogue
from mainstay.project.demo.companies import Random
from mainstay.project.demo.purchases import DAYS, Habits, Ints, Purchases

ORDER = np.dtype([("customer", "i8"), ("day", "i8"), ("second", "i8"), ("reverses", "i8")])
LINE = np.dtype(
    [
        ("order", "i8"),
        ("product", "i8"),
        ("kind", "i8"),
        ("quantity", "f8"),
        ("amount", "i8"),
        ("cost", "i8"),
    ]
)
Rows = NDArray[np.void]

KINDS = ("goods", "postage", "manual", "discount")
GOODS, POSTAGE, MANUAL, DISCOUNT = range(4)
NONE = -1  # no product, no order taken back
UNKNOWN_COST = int(np.iinfo(np.int64).min)
MOST_LINES = 14
USUAL_EXTRA_LINES = 2.4
FAVOURITES, FAVOURITE_SHARE = 3, 0.85
YEARLY_INFLATION = 0.035
SMALL_ORDER, POSTAGE_PRICE, POSTAGE_COST, POSTAGE_SHARE = 30_000, 1290, 1040, 0.7
DISCOUNT_SHARE, DISCOUNT_RATE, MANUAL_SHARE = 0.02, 0.05, 0.004
CANCELLED_SHARE, RETURNED_SHARE, RETURNED_LINES, LATEST_RETURN = 0.012, 0.035, 0.45, 21


def draw(
    random: Random, purchases: Purchases, habits: Habits, catalogue: Catalogue
) -> tuple[Rows, Rows]:
    """Draw orders and lines, both in the order of time; returns are orders of their own."""
    orders = np.zeros(len(purchases.day), ORDER)
    orders["customer"], orders["day"] = purchases.customer, purchases.day
    orders["second"] = random.triangular(7.0, 10.5, 17.5, len(orders)) * 3600
    orders["reverses"] = NONE
    lines = goods(random, purchases, habits, catalogue)
    lines = np.concatenate([lines, *_extras(random, lines, len(orders))])
    orders, lines = _with_reversals(random, orders, lines)
    return _in_time(orders, lines)


def goods(random: Random, purchases: Purchases, habits: Habits, catalogue: Catalogue) -> Rows:
    """Draw the goods of every order; they come to about what the customer usually spends."""
    counts = np.minimum(1 + random.poisson(USUAL_EXTRA_LINES, len(purchases.day)), MOST_LINES)
    order = np.repeat(np.arange(len(counts)), counts)
    customer, day = purchases.customer[order], purchases.day[order]
    product = _products(random, customer, len(habits.rate), catalogue)
    inflation = (1 + YEARLY_INFLATION) ** ((day - DAYS) / 365)
    price = catalogue.price[product] * inflation * (1 - habits.discount[customer])
    weight = random.gamma(1.5, 1.0, len(order))
    share = weight / np.bincount(order, weight)[order]
    lines = np.zeros(len(order), LINE)
    lines["order"], lines["product"], lines["kind"] = order, product, GOODS
    lines["quantity"] = np.maximum(1, np.round(purchases.target[order] * share / price))
    lines["amount"] = np.round(lines["quantity"] * price)
    cost = np.round(lines["quantity"] * catalogue.cost[product] * inflation).astype(np.int64)
    lines["cost"] = np.where(catalogue.cost[product] < 0, UNKNOWN_COST, cost)
    return lines


def _products(random: Random, customer: Ints, customers: int, catalogue: Catalogue) -> Ints:
    """Customers mostly come back to the same few categories."""
    favourites = random.integers(0, len(catalogue.categories), (customers, FAVOURITES))
    usual = favourites[customer, random.integers(0, FAVOURITES, len(customer))]
    other = random.integers(0, len(catalogue.categories), len(customer))
    category = np.where(random.random(len(customer)) < FAVOURITE_SHARE, usual, other)
    return catalogue.group(category, random.random(len(customer)))


def _extras(random: Random, lines: Rows, orders: int) -> list[Rows]:
    """Postage on small orders, now and then a discount or a line without a product."""
    total = np.bincount(lines["order"], lines["amount"], orders)
    chance = random.random((3, orders))
    posted = np.flatnonzero((total < SMALL_ORDER) & (chance[0] < POSTAGE_SHARE))
    lowered = np.flatnonzero(chance[1] < DISCOUNT_SHARE)
    special = np.flatnonzero(chance[2] < MANUAL_SHARE)
    return [
        _extra(posted, POSTAGE, np.full(len(posted), POSTAGE_PRICE), POSTAGE_COST),
        _extra(lowered, DISCOUNT, -np.round(total[lowered] * DISCOUNT_RATE), 0),
        _extra(special, MANUAL, random.integers(2_000, 60_000, len(special)), UNKNOWN_COST),
    ]


def _extra(order: Ints, kind: int, amount: NDArray[np.generic], cost: int) -> Rows:
    lines = np.zeros(len(order), LINE)
    lines["order"], lines["product"], lines["kind"] = order, NONE, kind
    lines["quantity"], lines["amount"], lines["cost"] = 1, amount, cost
    return lines


def _with_reversals(random: Random, orders: Rows, lines: Rows) -> tuple[Rows, Rows]:
    """Add cancellations, which take all lines back the next day, and returns of some goods."""
    fate = random.random(len(orders))
    cancelled = fate < CANCELLED_SHARE
    returned = (fate >= CANCELLED_SHARE) & (fate < CANCELLED_SHARE + RETURNED_SHARE)
    back = cancelled[lines["order"]] | (
        returned[lines["order"]]
        & (lines["kind"] == GOODS)
        & (random.random(len(lines)) < RETURNED_LINES)
    )
    taken = lines[back].copy()
    first = np.unique(taken["order"])
    wait = np.where(cancelled[first], 1, random.integers(2, LATEST_RETURN, len(first)))
    reversals = orders[first].copy()
    reversals["day"] += wait
    reversals["reverses"] = first
    in_time = reversals["day"] < DAYS
    kept = np.isin(taken["order"], first[in_time])
    taken, reversals = taken[kept], reversals[in_time]
    taken["order"] = len(orders) + np.searchsorted(first[in_time], taken["order"])
    _negate(taken)
    return np.concatenate([orders, reversals]), np.concatenate([lines, taken])


def _negate(lines: Rows) -> None:
    known = lines["cost"] != UNKNOWN_COST
    lines["quantity"] *= -1
    lines["amount"] *= -1
    lines["cost"][known] *= -1


def _in_time(orders: Rows, lines: Rows) -> tuple[Rows, Rows]:
    """Sort the orders by time and their lines with them, and renumber what points to an order."""
    sequence = np.lexsort((orders["second"], orders["day"]))
    place = np.empty(len(orders), np.int64)
    place[sequence] = np.arange(len(orders))
    orders = orders[sequence]
    back = orders["reverses"] != NONE
    orders["reverses"][back] = place[orders["reverses"][back]]
    lines = lines.copy()
    lines["order"] = place[lines["order"]]
    return orders, lines[np.argsort(lines["order"], kind="stable")]
