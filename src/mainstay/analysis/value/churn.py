"""Lost customers: who left when, by a rule that is stated, and what a year of each was worth.

    purchase days -> occasions -> personal limits -> spells   (silence)
    purchase days -> occasions -> spells                      (probability)
    contracts     ------------->  spells                      (contract)

A spell is one unbroken time as a customer. Whoever comes back begins a new one.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import ibis
import pyarrow as pa
from ibis import _

YEAR = 365  # days whose margin is the yearly value
MONTH = 31  # days: nobody may be won and lost within one month
NEVER = date(9999, 12, 31)  # a contract without end
EPOCH = date(1970, 1, 1)
SPELLS = ("customer_id", "first_day", "last_day", "lost_on", "came_back_on", "yearly_minor")
CONTRACTS = pa.schema(
    {
        "customer_id": pa.int64(),
        "starts": pa.date32(),
        "ends": pa.date32(),  # null: without end
        "renewed": pa.bool_(),  # null: not known
        "yearly_minor": pa.int64(),
    }
)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who counts as lost; every number of lost customers states it.

    Raises:
        ValueError: a number makes no sense; the text says which.
    """

    kind: Literal["silence", "contract", "probability"] = "silence"
    k: float = 3.0  # personal intervals without an order
    typical: Literal["median", "mean"] = "median"  # of a customer's gaps between purchase days
    floor_days: int = 30  # no personal interval is taken as shorter
    grace_days: int = 30  # between two contracts that still count as one
    threshold: float = 0.2  # of P(alive)

    def __post_init__(self) -> None:
        if self.k * self.floor_days <= MONTH:
            raise ValueError(
                f"{self.k:g} intervals of at least {self.floor_days} days end within a month, so"
                " somebody could be won and lost in the same one. Raise either number."
            )
        if self.grace_days < 0:
            raise ValueError(f"grace_days is {self.grace_days}. Give 0 or more.")
        if not 0 < self.threshold < 1:
            raise ValueError(f"threshold is {self.threshold}. Give a share between 0 and 1.")


def occasions(days: ibis.Table, *, margin: float) -> ibis.Table:
    """Return one row per purchase day, with the returns up to the next one taken off.

    Args:
        days: from `days.purchase_days`.
        margin: share of revenue where a line's cost is not known.

    Columns: customer_id, day, margin_minor.
    """
    ordered = ibis.window(group_by="customer_id", order_by="day", rows=(None, 0))
    numbered = days.mutate(
        number=_.bought.cast("int64").sum().over(ordered), margin_minor=margin_minor(days, margin)
    )
    return (
        numbered.filter(_.number > 0)
        .group_by("customer_id", "number")
        .agg(day=_.day.min(), margin_minor=_.margin_minor.sum())
        .drop("number")
    )


def margin_minor(days: ibis.Table, share: float) -> ibis.Value:
    """Return amount − cost where the cost is known, and the share of the amount elsewhere."""
    if "costed_minor" not in days.columns:
        return days.amount_minor.cast("float64") * share
    known = (days.costed_minor - days.cost_minor).fill_null(0).cast("float64")
    return known + (days.amount_minor - days.costed_minor.fill_null(0)).cast("float64") * share


def limits(occasions: ibis.Table, *, rule: Rule) -> ibis.Table:
    """Return customer_id and interval_days: each customer's typical gap, null for one purchase."""
    before = _.day.lag().over(ibis.window(group_by="customer_id", order_by="day"))
    gaps = occasions.mutate(before=before)
    gap = gaps.day.delta(gaps.before, unit="day").cast("float64")
    typical = {"median": gap.median, "mean": gap.mean}[rule.typical]
    return gaps.group_by("customer_id").agg(interval_days=typical())


def usual(limits: ibis.Table) -> ibis.Table:
    """Return one row: the median of all customers' own intervals, and how many have one."""
    return limits.agg(interval_days=_.interval_days.median(), customers=_.interval_days.count())


def by_silence(
    occasions: ibis.Table, limits: ibis.Table, *, usual_days: float, rule: Rule, as_of: date
) -> ibis.Table:
    """Return the spells: lost on the day on which k personal intervals have passed in silence.

    Customers with one purchase are given `usual_days`, the interval usual in this base.
    """
    personal = _.interval_days.fill_null(usual_days)
    personal = ibis.greatest(personal, ibis.literal(float(rule.floor_days)))
    known = occasions.join(limits, "customer_id").select(*occasions.columns, "interval_days")
    limited = known.mutate(limit_days=(personal * rule.k).ceil().cast("int64"))
    window = ibis.window(group_by="customer_id", order_by="day")
    before = limited.mutate(gap=_epoch(_.day) - _epoch(_.day).lag().over(window))
    begins = (before.gap.isnull() | (before.gap > before.limit_days)).cast("int64")
    spells = _summed(before.mutate(begins=begins))
    lost_on = _epoch(spells.last_day) + spells.limit_days
    end = (as_of - EPOCH).days
    return _with_return(spells.mutate(lost=ibis.cases((lost_on <= end, lost_on))))


def by_probability(occasions: ibis.Table, alive: ibis.Table, *, rule: Rule) -> ibis.Table:
    """Return one spell per customer: lost with the last purchase if P(alive) is under the bound.

    Args:
        occasions: from `occasions`.
        alive: customer_id and p_alive as of the day.
    """
    whole = _summed(occasions.mutate(begins=ibis.literal(0), limit_days=ibis.literal(0)))
    known = whole.left_join(alive, "customer_id").select(*whole.columns, "p_alive")
    lost = ibis.cases((known.p_alive < rule.threshold, _epoch(known.last_day)))
    return _with_return(known.mutate(lost=lost))


def by_contract(contracts: ibis.Table, *, rule: Rule, as_of: date, margin: float) -> ibis.Table:
    """Return the spells: lost where the last of connected contracts ends and none follows.

    A contract that ended within the days of grace, and of which nobody has said whether it was
    renewed, is still undecided. Those that begin after `as_of` do not count.

    Args:
        contracts: columns as in CONTRACTS.
        rule: gives the days of grace.
        as_of: last day that counts.
        margin: share of the yearly amount that is margin.
    """
    spells = contract_relations(contracts, rule=rule, as_of=as_of)
    lost = ibis.cases((spells.gone, _epoch(spells.last_day)))
    yearly = spells.yearly_minor.cast("float64") * margin
    return _with_return(spells.mutate(yearly_minor=yearly, lost=lost))


def contract_relations(contracts: ibis.Table, *, rule: Rule, as_of: date) -> ibis.Table:
    """Return one row per unbroken chain of contracts, as `by_contract` reads them.

    Columns: customer_id, spell, first_day, last_day, contracts (how many), first_days (length of
    the first), renewed (of the last), yearly_minor (of the last), gone (nothing follows it).
    """
    begun = contracts.filter(_.starts <= as_of).mutate(ends=_.ends.fill_null(NEVER))
    until = ibis.window(group_by="customer_id", order_by=["starts", "ends"], rows=(None, -1))
    gap = _epoch(_.starts) - _epoch(_.ends.max().over(until))
    place = ibis.window(group_by="customer_id", order_by=["starts", "ends"], rows=(None, 0))
    joined = begun.mutate(gap=gap).mutate(
        spell=(_.gap.isnull() | (_.gap > rule.grace_days + 1)).cast("int64").sum().over(place)
    )
    spells = joined.group_by("customer_id", "spell").agg(
        first_day=_.starts.min(),
        last_day=_.ends.max(),
        contracts=_.count(),
        first_days=(_epoch(_.ends) - _epoch(_.starts) + 1).argmin(_.starts),
        renewed=_.renewed.argmax(_.ends),
        yearly_minor=_.yearly_minor.argmax(_.ends),
    )
    ended, today = _epoch(spells.last_day), (as_of - EPOCH).days
    settled = (ended + rule.grace_days < today) | (spells.renewed == False)  # noqa: E712  Ibis
    gone = (ended < today) & settled & ~spells.renewed.fill_null(False)
    return spells.mutate(gone=gone.fill_null(False))  # who is undecided is not gone


def _summed(rows: ibis.Table) -> ibis.Table:
    """Return one row per spell; its yearly value is the margin of its last 365 days."""
    place = ibis.window(group_by="customer_id", order_by="day", rows=(None, 0))
    placed = rows.mutate(spell=_.begins.sum().over(place))
    whole = ibis.window(group_by=["customer_id", "spell"])
    dated = placed.mutate(last_day=_.day.max().over(whole))
    late = _epoch(dated.last_day) - _epoch(dated.day) < YEAR
    return dated.group_by("customer_id", "spell").agg(
        first_day=_.day.min(),
        last_day=_.last_day.max(),
        limit_days=_.limit_days.max(),
        yearly_minor=_.margin_minor.sum(where=late),
    )


def _with_return(spells: ibis.Table) -> ibis.Table:
    """Return the spells with the day on which the customer came back, where one did."""
    window = ibis.window(group_by="customer_id", order_by="spell")
    following = spells.first_day.lead().over(window)
    return spells.mutate(
        # DuckDB adds days to a date as a moment, which Ibis takes for a date and leaves uncast.
        lost_on=(ibis.literal(EPOCH) + spells.lost.as_interval("D")).cast("timestamp").cast("date"),
        came_back_on=following,
        yearly_minor=_.yearly_minor.fill_null(0).round().cast("int64"),
    ).select(*SPELLS)


def _epoch(day: ibis.Value) -> ibis.Value:
    """Return the day as a number, which every engine adds and compares alike."""
    return day.delta(ibis.literal(EPOCH), unit="day").cast("int64")
