"""Draw who signed contracts and renewed them, and what was found out about customers who left."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from mainstay.project.demo.companies import Company
from mainstay.project.demo.purchases import DAYS
from mainstay.project.demo.sales import Rows

CONTRACT_SHARE = 0.2  # of the customers that are no key accounts
OLDEST_DAYS = 2400
YEARLY = (400_000, 9_000_000)  # cents
YEARS, YEARS_SHARES = (1, 2, 3), (0.7, 0.2, 0.1)
LEAVING = (0.4, 2.0)  # Beta of the chance to leave at a renewal
LARGE_STAY = 0.35  # how much less a contract of e times the usual amount is left
UNDECIDED_DAYS = 25
SILENT_DAYS = 200
NOTED_SHARE = 0.45
REASONS = {
    "competition": 0.27,
    "attitude": 0.24,
    "product": 0.15,
    "relations": 0.1,
    "death": 0.09,
    "moved": 0.05,
    "slow": 0.06,
    "price_unclear": 0.04,
}
SAID = {
    "competition": "Buys from a discounter now; our delivery times were fine.",
    "attitude": "Felt that nobody called any more after the first year.",
    "product": "Two broken deliveries in a row.",
    "relations": "The new buyer brought his own supplier along.",
}


@dataclass(frozen=True)
class Signed:
    company: int
    starts: date
    ends: date
    renewed: bool | None
    yearly_minor: int


@dataclass(frozen=True)
class Left:
    company: int
    reason: str
    noted_on: date
    text: str


def contracts(*, seed: int, firms: list[Company], today: date) -> list[Signed]:
    """Draw contracts: key accounts have one, some others too; most follow on each other."""
    random = np.random.default_rng([seed, 11])
    found: list[Signed] = []
    for place, firm in enumerate(firms):
        if firm.same_as is None and (firm.is_key or random.random() < CONTRACT_SHARE):
            found += _relation(random, place, today)
    return found


def _relation(random: np.random.Generator, company: int, today: date) -> list[Signed]:
    """Draw one customer's contracts, each signed when the one before ends, until it leaves."""
    starts = today - timedelta(int(random.integers(60, OLDEST_DAYS)))
    logarithm = float(random.uniform(*np.log(YEARLY)))
    yearly = int(np.exp(logarithm) // 10_000) * 10_000
    usual = float(np.mean(np.log(YEARLY)))
    leaving = float(random.beta(*LEAVING)) * float(np.exp(LARGE_STAY * (usual - logarithm)))
    found = []
    while True:
        days = 365 * int(random.choice(YEARS, p=YEARS_SHARES)) - 1
        ends = starts + timedelta(days)
        over, stays = ends < today, bool(random.random() > leaving)
        told = stays if (today - ends).days > UNDECIDED_DAYS else None
        found.append(Signed(company, starts, ends, told if over else None, yearly))
        if not over or not stays:
            return found
        starts = ends + timedelta(1)
        if starts > today:
            return found


def losses(*, seed: int, count: int, orders: Rows, today: date) -> list[Left]:
    """Draw notes: somebody has asked some of those who have not bought for long why they left."""
    random = np.random.default_rng([seed, 12])
    latest = np.full(count, -1)
    np.maximum.at(latest, orders["customer"], orders["day"])
    silent = np.flatnonzero((latest >= 0) & (latest < DAYS - SILENT_DAYS))
    asked = silent[random.random(silent.size) < NOTED_SHARE]
    chances = np.array(list(REASONS.values()))
    reasons = random.choice(list(REASONS), size=asked.size, p=chances / chances.sum())
    return [
        Left(int(place), reason, _asked_on(random, int(latest[place]), today), SAID.get(reason, ""))
        for place, reason in zip(asked, map(str, reasons), strict=True)
    ]


def _asked_on(random: np.random.Generator, latest: int, today: date) -> date:
    first = today - timedelta(DAYS - 1 - latest)
    return first + timedelta(int(random.integers(60, SILENT_DAYS)))
