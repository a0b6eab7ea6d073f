"""Draw what the wholesaler's work costs a year, and what its own records count of it."""

from dataclasses import dataclass

import numpy as np

from mainstay.project.demo import sales
from mainstay.project.demo.purchases import DAYS, Ints
from mainstay.project.demo.world import World

YEAR = 365
SLOW_PAYERS, MOST_REMINDERS = 0.22, 9
# Of the largest customers, those who pressed the price most also ask for most.
LARGEST_SHARE, DEMANDING_SHARE, WORTH_A_DELIVERY = 0.02, 0.3, 52_000


@dataclass(frozen=True)
class Work:
    """An activity: what one costs in cents, how long it takes, how busy its people are."""

    name: str
    driver: str
    cents: int
    minutes: float | None = None
    busy: float = 1.0


WORK = (
    Work("Order handling", "orders", 750, 18, 0.86),
    Work("Picking and packing", "lines", 170, 4, 0.92),
    Work("Stock-keeping", "units", 30),
    Work("Delivery", "orders", 1150),
    Work("Special deliveries", "own", 9000, 70, 0.88),
    Work("Visits by field sales", "visit", 16_000, 150, 0.78),
    Work("Telephone service", "call", 900, 12, 0.71),
    Work("Handling returns", "returns", 4500, 55, 0.83),
    Work("Complaints and service cases", "complaint", 9500, 90, 0.66),
    Work("Payment reminders", "own", 900),
)


@dataclass
class Quantities:
    """One row per customer and day: how often it caused work that no order line tells of."""

    customer: Ints
    day: Ints
    times: Ints


def own_quantities(world: World, seed: int) -> dict[str, Quantities]:
    """Return the quantities of each activity with a driver of its own, by its name."""
    return {
        "Special deliveries": special_deliveries(world, seed),
        "Payment reminders": reminders(world, seed),
    }


def reminders(world: World, seed: int) -> Quantities:
    """Draw reminders after orders of the last year, most of them for few slow payers."""
    random = np.random.default_rng([seed, 1])
    slow = random.random(len(world.companies)) < SLOW_PAYERS
    recent = world.orders[(world.orders["day"] >= DAYS - YEAR) & slow[world.orders["customer"]]]
    late = recent[random.random(len(recent)) < 0.3]  # noqa: PLR2004  of a slow payer's orders
    day = np.minimum(late["day"] + random.integers(31, 75, len(late)), DAYS - 1)
    pairs, first = np.unique(np.stack([late["customer"], day]), axis=1, return_index=True)
    times = random.integers(1, MOST_REMINDERS, len(first)) // 3 + 1
    return Quantities(pairs[0], pairs[1], times)


def special_deliveries(world: World, seed: int) -> Quantities:
    """Draw deliveries out of turn: few large customers have goods brought in small parts."""
    random = np.random.default_rng([seed, 2])
    lines, orders = world.lines, world.orders
    sold = (orders["day"][lines["order"]] >= DAYS - YEAR) & (lines["kind"] == sales.GOODS)
    amount = np.bincount(lines["order"][sold], lines["amount"][sold], len(orders)).clip(0)
    theirs = np.isin(orders["customer"], _demanding(world, lines[sold])) & (amount > 0)
    days = np.stack([orders["customer"][theirs], orders["day"][theirs]])
    pairs, place = np.unique(days, axis=1, return_inverse=True)
    ordered = np.bincount(place.ravel(), amount[theirs], pairs.shape[1])
    return Quantities(pairs[0], pairs[1], random.poisson(ordered / WORTH_A_DELIVERY) + 1)


def _demanding(world: World, lines: sales.Rows) -> Ints:
    """Return the largest customers with the thinnest margins."""
    known = lines[lines["cost"] != sales.UNKNOWN_COST]
    customer, firms = world.orders["customer"][known["order"]], len(world.companies)
    revenue = np.bincount(customer, known["amount"], firms)
    cost = np.bincount(customer, known["cost"], firms)
    largest = np.argsort(-revenue, kind="stable")[: max(1, round(firms * LARGEST_SHARE))]
    thinnest = largest[np.argsort(-cost[largest] / revenue[largest].clip(1), kind="stable")]
    return thinnest[: max(1, round(len(largest) * DEMANDING_SHARE))]


def yearly(world: World) -> dict[str, float]:
    """Return how much there was of each driver in the last year."""
    orders, lines = world.orders, world.lines
    recent = orders["day"] >= DAYS - YEAR
    bought = orders["reverses"] == sales.NONE
    kept = recent[lines["order"]] & (lines["kind"] == sales.GOODS) & (lines["amount"] > 0)
    said = [talk for talk in world.talks if talk.day >= DAYS - YEAR]
    return {
        "orders": float(np.count_nonzero(recent & bought)),
        "lines": float(np.count_nonzero(kept)),
        "units": float(lines["quantity"][kept].sum()),
        "returns": float(np.count_nonzero(recent & ~bought)),
        "visit": float(sum(talk.channel == "visit" for talk in said)),
        "call": float(sum(talk.channel == "call" for talk in said)),
        "complaint": float(sum(talk.purpose == "complaint" for talk in said)),
    }
