"""Draw what the wholesaler's work costs a year, and whom it had to remind of payment."""

from dataclasses import dataclass

import numpy as np

from mainstay.project.demo import sales
from mainstay.project.demo.purchases import DAYS, Ints
from mainstay.project.demo.world import World

YEAR = 365
SLOW_PAYERS, MOST_REMINDERS = 0.22, 9


@dataclass(frozen=True)
class Work:
    """An activity: what one costs in cents, how long it takes, how busy its people are."""

    name: str
    driver: str
    cents: int
    minutes: float | None = None
    busy: float = 1.0


WORK = (
    Work("Order handling", "orders", 1650, 18, 0.86),
    Work("Picking and packing", "lines", 410, 6.5, 0.92),
    Work("Delivery", "orders", 2700),
    Work("Visits by field sales", "visit", 24_000, 150, 0.78),
    Work("Telephone service", "call", 1600, 12, 0.71),
    Work("Handling returns", "returns", 7800, 55, 0.83),
    Work("Complaints and service cases", "complaint", 14_500, 90, 0.66),
    Work("Payment reminders", "own", 1900),
)


@dataclass
class Reminders:
    """One row per customer and day: how often that customer had to be reminded."""

    customer: Ints
    day: Ints
    times: Ints


def reminders(world: World, seed: int) -> Reminders:
    """Draw reminders after orders of the last year, most of them for few slow payers."""
    random = np.random.default_rng([seed, 1])
    slow = random.random(len(world.companies)) < SLOW_PAYERS
    recent = world.orders[(world.orders["day"] >= DAYS - YEAR) & slow[world.orders["customer"]]]
    late = recent[random.random(len(recent)) < 0.3]  # noqa: PLR2004  of a slow payer's orders
    day = np.minimum(late["day"] + random.integers(31, 75, len(late)), DAYS - 1)
    pairs, first = np.unique(np.stack([late["customer"], day]), axis=1, return_index=True)
    times = random.integers(1, MOST_REMINDERS, len(first)) // 3 + 1
    return Reminders(pairs[0], pairs[1], times)


def yearly(world: World, reminded: Reminders) -> dict[str, float]:
    """Return how much there was of each driver in the last year."""
    orders, lines = world.orders, world.lines
    recent = orders["day"] >= DAYS - YEAR
    bought = orders["reverses"] == sales.NONE
    kept = recent[lines["order"]] & (lines["kind"] == sales.GOODS) & (lines["amount"] > 0)
    said = [talk for talk in world.talks if talk.day >= DAYS - YEAR]
    return {
        "orders": float(np.count_nonzero(recent & bought)),
        "lines": float(np.count_nonzero(kept)),
        "returns": float(np.count_nonzero(recent & ~bought)),
        "visit": float(sum(talk.channel == "visit" for talk in said)),
        "call": float(sum(talk.channel == "call" for talk in said)),
        "complaint": float(sum(talk.purpose == "complaint" for talk in said)),
        "own": float(reminded.times.sum()),
    }
