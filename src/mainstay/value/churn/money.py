"""What losing customers costs, and what keeping them would bring, from what a run counted."""

from dataclasses import dataclass
from typing import Any

from mainstay.analysis.numerics import intervals
from mainstay.analysis.value import churn_rates, retention
from mainstay.value.models import RetentionCase

LEVEL = 0.95  # of intervals of rates and means
GAIN_LEVEL = 0.80  # of intervals of present values
MONTHS_A_YEAR = 12
LEAST_YEARS = 5  # over which a relation is weighed, where the company's horizon is shorter


@dataclass(frozen=True)
class Year:
    """The twelve months that were measured; money in minor units."""

    customers: int
    lost: int
    back: int
    rate: intervals.Estimate | None
    lost_minor: float
    yearly: intervals.Estimate | None  # value of one lost customer
    lifetime_minor: float  # what the lost would have brought at the others' retention
    usual_minor: float  # yearly value of a customer of the base
    years: int  # of the horizon
    discount_rate: float

    @property
    def churn(self) -> float:
        """Return the share lost in the year, 0 where nobody was there."""
        return self.lost / self.customers if self.customers else 0.0


@dataclass(frozen=True)
class Formulas:
    """The two formulas of the lectures; money in minor units."""

    lost_times_value: float
    lifetime: float  # revenue of one customer over the relation
    margin: float
    lifetime_times_churn: float


@dataclass(frozen=True)
class Worth:
    """The base whose retention may rise, its customers taken to be worth what the lost ones were.

    `whole` is the present value of all of today's customers at the retention measured.
    """

    base: retention.Base
    whole: float


def year(content: dict[str, Any], policy: dict[str, Any]) -> Year:
    """Return what a year of losses comes to."""
    row = content["year"]
    n, lost = int(row["customers"]), int(row["lost"])
    terms = _terms(policy)
    kept = 1 - lost / n if n else 0.0
    return Year(
        customers=n,
        lost=lost,
        back=int(row["back"]),
        rate=churn_rates.rate(lost, n, level=LEVEL),
        lost_minor=row["lost_minor"],
        yearly=intervals.mean(lost, row["lost_minor"], row["squares"], level=LEVEL),
        lifetime_minor=row["lost_minor"] * _ahead(kept, **terms),
        usual_minor=row["all_minor"] / n if n else 0.0,
        years=terms["years"],
        discount_rate=terms["discount_rate"],
    )


def _ahead(kept: float, *, discount_rate: float, years: int) -> float:
    """Return Σ (kept / (1 + discount_rate))^t for t = 0 … years − 1: this year is whole."""
    return 1 + retention.annuity(kept, discount_rate=discount_rate, years=years - 1)


def _terms(policy: dict[str, Any]) -> dict[str, Any]:
    years = max(policy["horizon_months"] // MONTHS_A_YEAR, LEAST_YEARS)
    return {"discount_rate": policy["discount_rate"], "years": years}


def formulas(found: Year, *, margin: float) -> Formulas:
    """Return the cost of churn both ways of the lectures."""
    yearly = found.lost_minor / found.lost if found.lost else 0.0
    revenue = found.usual_minor / margin if margin > 0 else 0.0
    lifetime = revenue * min(churn_rates.years_with_us(found.churn), found.years)
    return Formulas(
        lost_times_value=churn_rates.cost_of_churn(found.lost, yearly),
        lifetime=lifetime,
        margin=margin,
        lifetime_times_churn=churn_rates.lifetime_lost(
            lifetime=lifetime, customers=found.customers, churn=found.churn, margin=margin
        ),
    )


def worth(content: dict[str, Any], policy: dict[str, Any]) -> Worth | None:
    """Return what better retention works on; None where it cannot be computed.

    Customers that are kept are taken to be like those lost, not like the average of the base.
    """
    found, here = year(content, policy), content["here"]
    few = found.customers < churn_rates.FEW
    if few or not 0 < found.lost < found.customers or found.yearly is None:
        return None
    terms = _terms(policy)
    factor = here["customers"] * retention.annuity(1 - found.churn, **terms)
    if found.yearly.value <= 0 or factor <= 0:
        return None
    error = (found.yearly.high - found.yearly.value) / intervals.two_sided(LEVEL)
    base = retention.Base(
        lost=found.lost,
        customers=found.customers,
        worth=found.yearly.value * factor,
        worth_error=error * factor,
        **terms,
    )
    return Worth(base, here["yearly_minor"] * factor / here["customers"])


def answer(case: RetentionCase, of: retention.Base) -> retention.Answer:
    """Return whether the case pays for this base."""
    return retention.evaluate(terms_of(case), of)


def terms_of(case: RetentionCase) -> retention.Case:
    return retention.Case(
        cost_once=case.cost_once_minor,
        cost_yearly=case.cost_yearly_minor,
        points_low=case.points_low,
        points=case.points,
        points_high=case.points_high,
    )
