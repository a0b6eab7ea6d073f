"""Draw who buys when: BG/NBD purchasing, bent to the seasons of a wholesaler's year.

Each customer buys at a rate of its own and may stop after any purchase; some start late. The
process runs on a clock of its own, which goes faster in November than in August and stands still
at weekends; mapping that clock to the calendar gives the days.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.project.demo.companies import Company, Random

YEARS = 3
DAYS = 365 * YEARS + 1
# Share of the usual trade, January to December, and Monday to Sunday.
MONTHS = np.array([0.82, 0.88, 1.02, 1.04, 1.05, 0.98, 0.84, 0.78, 1.06, 1.12, 1.28, 1.13])
WEEKDAYS = np.array([1.25, 1.3, 1.3, 1.25, 1.1, 0.12, 0.02])
HERE_FROM_THE_START = 0.55
FALLEN_SILENT_KEYS = 3
SILENT_DAYS = 170

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass
class Habits:
    """How each customer buys: orders a year, chance to stop after one, usual order in cents."""

    rate: Floats
    dropout: Floats
    spend: Floats
    discount: Floats
    start: Floats  # on the process's clock
    end: Floats


@dataclass
class Purchases:
    """One row per order, in the order of time; `day` counts from the first day of the demo."""

    customer: Ints
    day: Ints
    target: Floats  # what the order should come to, in cents


def habits(random: Random, companies: list[Company]) -> Habits:
    """Draw habits: a few key accounts buy weekly and much, most customers now and then."""
    n = len(companies)
    key = np.array([company.is_key for company in companies], dtype=bool)
    rate = np.where(key, random.gamma(9.0, 6.5, n), random.gamma(0.9, 9.0, n) + 0.4)
    dropout = np.where(key, random.beta(1.0, 400.0, n), random.beta(0.8, 8.0, n))
    spend = np.where(key, random.lognormal(12.2, 0.6, n), random.lognormal(10.5, 0.85, n))
    discount = np.where(key, random.uniform(0.06, 0.27, n), random.beta(1.2, 16.0, n))
    old = key | (random.random(n) < HERE_FROM_THE_START)
    start = np.where(old, random.exponential(365.0 / rate), random.uniform(0, DAYS, n))
    end = np.full(n, float(DAYS))
    silent = np.flatnonzero(key)[1::7][:FALLEN_SILENT_KEYS]
    end[silent] = DAYS - SILENT_DAYS
    return Habits(rate, dropout, spend, discount, start, end)


def draw(random: Random, bought: Habits, first_day: np.datetime64) -> Purchases:
    """Draw all orders of all customers up to the last day."""
    customer, moment = _process(random, bought)
    day = np.interp(moment, season_clock(first_day), np.arange(DAYS + 1)).astype(np.int64)
    order = np.argsort(day, kind="stable")
    customer, day = customer[order], np.minimum(day[order], DAYS - 1)
    return Purchases(customer, day, random.gamma(5.0, bought.spend[customer] / 5.0))


def _process(random: Random, bought: Habits) -> tuple[Ints, Floats]:
    """Return customer and moment of each purchase, all customers stepping together."""
    alive = np.flatnonzero(bought.start < bought.end)
    moment = bought.start.copy()
    customers, moments = [], []
    while alive.size:
        customers.append(alive)
        moments.append(moment[alive])
        alive = alive[random.random(alive.size) >= bought.dropout[alive]]
        moment[alive] += random.exponential(365.0 / bought.rate[alive])
        alive = alive[moment[alive] < bought.end[alive]]
    return np.concatenate(customers).astype(np.int64), np.concatenate(moments)


def season_clock(first_day: np.datetime64) -> Floats:
    """Return how far the process's clock has gone at the start of each day, and at the end."""
    days = first_day.astype("datetime64[D]") + np.arange(DAYS)
    month = days.astype("datetime64[M]").astype(np.int64) % 12
    weekday = (days.astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday
    pace = MONTHS[month] * WEEKDAYS[weekday]
    gone: Floats = np.concatenate([[0.0], np.cumsum(pace)]) * (DAYS / pace.sum())
    return gone
