"""Lifetime value by yearly margins, and how long a relationship lasts: free input, no model.

margin of a year = revenue − variable cost − acquisition − retention
lifetime value   = sum of margins / (1 + discount rate)^year, the first year undiscounted
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

MOST_YEARS = 50


@dataclass(frozen=True, kw_only=True)
class Year:
    """What one year of a relationship brings and costs, in any unit of money."""

    revenue: float
    variable_share: float = 0.0  # of revenue
    acquisition: float = 0.0
    retention: float = 0.0
    survival: float = 1.0  # probability that the customer is still there in this year


class Result(NamedTuple):
    """One column of the table."""

    year: int
    variable: float
    margin: float
    factor: float
    present: float
    cumulative: float


def lifetime(years: Sequence[Year], *, discount_rate: float) -> list[Result]:
    """Return the table of lifetime value, year by year.

    >>> seed = [Year(revenue=1000, variable_share=0.5, acquisition=100),
    ...         Year(revenue=1200, variable_share=0.5, retention=100)]
    >>> [round(row.cumulative, 1) for row in lifetime(seed, discount_rate=0.10)]
    [400.0, 854.5]

    Raises:
        ValueError: no year, too many, a rate of −100 % or less, or a number that is none.
    """
    if not 0 < len(years) <= MOST_YEARS:
        raise ValueError(f"Give between 1 and {MOST_YEARS} years.")
    if not math.isfinite(discount_rate) or discount_rate <= -1:
        raise ValueError("The discount rate must be above −100 % a year.")
    rows: list[Result] = []
    total = 0.0
    for number, year in enumerate(years, 1):
        _check(number, year)
        variable = year.revenue * year.variable_share
        margin = (year.revenue - variable - year.retention) * year.survival - year.acquisition
        factor = (1 + discount_rate) ** (number - 1)
        total += margin / factor
        rows.append(Result(number, variable, margin, factor, margin / factor, total))
    return rows


def _check(number: int, year: Year) -> None:
    amounts = (year.revenue, year.acquisition, year.retention)
    if not all(math.isfinite(value) and value >= 0 for value in amounts):
        raise ValueError(f"Year {number}: revenue and costs must be numbers of zero or more.")
    if not 0 <= year.survival <= 1:
        raise ValueError(f"Year {number}: the probability of staying lies between 0 and 1.")
    if not math.isfinite(year.variable_share) or year.variable_share < 0:
        raise ValueError(f"Year {number}: the share of variable cost must be zero or more.")


def years_of(retention: float) -> float:
    """Return N = 1 / (1 − CR), how many years a relationship lasts on average.

    >>> round(years_of(0.80), 6)
    5.0

    Raises:
        ValueError: the retention rate is below 0 or not below 1.
    """
    if not 0 <= retention < 1:
        raise ValueError("The retention rate must be at least 0 % and below 100 %.")
    return 1 / (1 - retention)


def retention_of(years: float) -> float:
    """Return CR = 1 − 1 / N, the retention rate under which a relationship lasts so long."""
    if not math.isfinite(years) or years < 1:
        raise ValueError("A relationship lasts at least one year here.")
    return 1 - 1 / years


def multiple(retention: float, *, discount_rate: float) -> float:
    """Return what a constant yearly margin is worth over the whole relationship, as a multiple.

    The sum of (CR / (1 + d))^k from the first year on, (1 + d) / (1 + d − CR).

    >>> round(multiple(0.80, discount_rate=0.10), 4)
    3.6667
    """
    if discount_rate <= -1:
        raise ValueError("The discount rate must be above −100 % a year.")
    if not 0 <= retention < 1 + discount_rate or retention >= 1:
        raise ValueError("The retention rate must be at least 0 % and below 100 %.")
    return (1 + discount_rate) / (1 + discount_rate - retention)


def with_referrals(
    clv: float, *, acquisition: float = 0.0, referred: float = 0.0, share: float = 0.0
) -> float:
    """Return the lifetime value less what winning the customer cost, plus recommendations.

    Args:
        clv: forecast lifetime value.
        acquisition: cost of winning the customer, subtracted once.
        referred: sum of the lifetime values of customers this one recommended us to.
        share: how much of that is credited, 0 to 1; 0 leaves recommendations out.
    """
    if not 0 <= share <= 1:
        raise ValueError("The credited share lies between 0 and 100 %.")
    return clv - acquisition + share * referred
