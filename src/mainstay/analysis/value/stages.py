"""The stages of customers' lives, derived from facts as one expression; no row is looped over.

    suspect → prospect → first-time → repeat → client → member → advocate → partner

and off the way: inactive, former. Each customer stands in the highest stage whose conditions hold;
`steps` tells on which day it reached each.
"""

from dataclasses import dataclass
from datetime import date
from functools import reduce

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, Table

WAY = (
    "suspect",
    "prospect",
    "first_time",
    "repeat",
    "client",
    "member",
    "advocate",
    "partner",
)
RANKS = {stage: rank for rank, stage in enumerate(WAY, start=1)} | {"inactive": 9, "former": 10}
DAYS_A_MONTH = 30.4375
# Two gaps say nothing about a rhythm.
FEWEST_OCCASIONS = 3
# What the facts of one customer are; whatever nobody publishes is null.
FACTS = {
    "customer_id": "int64",
    "known_day": "date",
    "talked_day": "date",
    "occasions": "int64",
    "first_day": "date",
    "second_day": "date",
    "many_day": "date",
    "last_day": "date",
    "recommended": "int64",
    "recommended_day": "date",
    "recommended_much_day": "date",
    "member_from": "date",
    "member_until": "date",
    "contract_from": "date",
    "contract_until": "date",
}


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From when a customer counts as what; `many_day` and the days of recommendations are the
    facts of whoever counted them by these numbers."""

    client_orders: int = 5
    client_months: int = 24
    advocate_recommendations: int = 1
    partner_recommendations: int = 2
    inactive_intervals: int = 3
    inactive_days: int = 365
    former_days: int = 1095


def steps(facts: Table, thresholds: Thresholds, *, as_of: date) -> Table:
    """Return every step of every customer up to the day: customer_id, stage, day, reason, figure.

    Steps lead upwards only, so somebody who orders before anybody talked to them never was a
    prospect; the last step is where the customer stands now, with at most one step off the way.
    """
    seen = facts.mutate(quiet_limit=_quiet_limit(thresholds), today=ibis.literal(as_of))
    up = reduce(lambda one, more: one.union(more), _upwards(seen, thresholds))
    up = up.filter(_.day.notnull() & (_.day <= ibis.literal(as_of)))
    return _climbing(up).union(_aside(seen, thresholds)).mutate(rank=_rank())


def standing(steps: Table) -> Table:
    """Return the last step of each customer: where it stands now."""
    last = ibis.row_number().over(group_by="customer_id", order_by=[_.rank.desc(), _.day.desc()])
    return steps.mutate(place=last).filter(_.place == 0).drop("place")


def _upwards(facts: Table, limits: Thresholds) -> list[Table]:
    talked, second = facts.talked_day, facts.second_day
    long = facts.first_day + ibis.interval(days=1) * int(limits.client_months * DAYS_A_MONTH)
    kept = facts.filter(_.second_day.notnull())
    contract = _covers(facts, "contract")
    both = ibis.greatest(facts.contract_from, facts.recommended_much_day)
    return [
        _step(facts, "suspect", facts.known_day, "known"),
        _step(facts, "prospect", talked, "talked"),
        _step(facts, "first_time", facts.first_day, "ordered"),
        _step(facts, "repeat", second, "ordered_again", facts.occasions),
        _step(facts, "client", facts.many_day, "many_orders", limits.client_orders),
        _step(kept, "client", ibis.greatest(long, second), "long_customer", limits.client_months),
        _step(facts.filter(contract), "client", facts.contract_from, "contract"),
        _step(facts.filter(_covers(facts, "member")), "member", facts.member_from, "membership"),
        _step(facts, "advocate", facts.recommended_day, "recommended", facts.recommended),
        _step(
            facts.filter(contract & facts.recommended_much_day.notnull()),
            "partner",
            both,
            "partnership",
            facts.recommended,
        ),
    ]


def _step(
    facts: Table, stage: str, day: ibis.Value, reason: str, figure: ibis.Value | int | None = None
) -> Table:
    number = ibis.null("int64") if figure is None else figure
    return facts.select(
        customer_id=_.customer_id,
        stage=ibis.literal(stage),
        # Adding days makes a moment of a day, which only the detour makes a day again.
        day=day.cast("timestamp").cast("date"),
        reason=ibis.literal(reason),
        figure=ibis.literal(number).cast("int64") if isinstance(number, int) else number,
    )


def _covers(facts: Table, name: str) -> BooleanValue:
    """Answer whether what began on `<name>_from` still runs today."""
    until = facts[f"{name}_until"]
    runs = until.isnull() | (until >= facts.today)
    return facts[f"{name}_from"].notnull() & (facts[f"{name}_from"] <= facts.today) & runs


def _rank() -> ibis.Value:
    return ibis.cases(*((_.stage == stage, rank) for stage, rank in RANKS.items()), else_=0)


def _climbing(up: Table) -> Table:
    """Keep the steps that lead higher than all before."""
    ranked = up.mutate(rank=_rank())
    window = {"group_by": "customer_id", "order_by": [_.day, _.rank]}
    before = ranked.mutate(highest=_.rank.max().over(ibis.window(**window, preceding=(None, 1))))
    return before.filter(_.highest.isnull() | (_.rank > _.highest)).drop("rank", "highest")


def _quiet_limit(limits: Thresholds) -> ibis.Value:
    """Return after how many days without an order a customer counts as inactive.

    Its own mean interval, as often as the rule says; never less than a month, and the rule's days
    where too few orders tell no interval.
    """
    interval = _.last_day.delta(_.first_day, unit="day") / (_.occasions - 1).nullif(0)
    own = ibis.greatest((interval * limits.inactive_intervals).ceil(), 30)
    known = _.occasions >= FEWEST_OCCASIONS
    return ibis.ifelse(known, ibis.least(own, limits.former_days), limits.inactive_days)


def _aside(facts: Table, limits: Thresholds) -> Table:
    """Return the step of customers who left the way: quiet for too long, or gone."""
    quiet = facts.today.delta(facts.last_day, unit="day")
    kept = _covers(facts, "contract") | _covers(facts, "member")
    bought = facts.occasions > 0
    ended = facts.contract_until.notnull() & (facts.contract_until < facts.today)
    ended &= facts.last_day.isnull() | (facts.last_day <= facts.contract_until)
    gone = (bought & (quiet > limits.former_days)).fill_null(False)
    ended, kept = ended.fill_null(False), kept.fill_null(False)
    silent = (bought & (quiet > facts.quiet_limit)).fill_null(False)
    own = facts.occasions >= FEWEST_OCCASIONS
    day = ibis.interval(days=1)
    limit = facts.quiet_limit.cast("int64")
    left = facts.filter(~kept & (ended | gone | silent))
    return left.select(
        customer_id=_.customer_id,
        stage=ibis.ifelse(ended | gone, "former", "inactive"),
        day=ibis.cases(
            (ended, facts.contract_until + day * 1),
            (gone, facts.last_day + day * (limits.former_days + 1)),
            else_=facts.last_day + day * (limit + 1),
        )
        .cast("timestamp")
        .cast("date"),
        reason=ibis.cases(
            (ended, "contract_ended"),
            (gone, "quiet_for_long"),
            (own, "quiet_for_intervals"),
            else_="quiet_for_days",
        ),
        figure=ibis.cases((ended, ibis.null("int64")), (gone, limits.former_days), else_=limit),
    )
