"""How customers come from stage to stage: conversion by cohort, and time in stage.

Conversion is told of cohorts that had the whole window, so that nobody counts as "not converted"
who only had no time yet. Time in stage is the Kaplan-Meier median: who still stands there is
censored today, not left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import ibis
from ibis import _
from ibis.expr.types import Table

from mainstay.analysis.lifetime import kaplan_meier
from mainstay.analysis.numerics.intervals import Estimate, wilson
from mainstay.analysis.value.stages import RANKS, WAY

DAYS_A_MONTH = 30.4375
FEWEST = 20  # below it a share or a median says nothing


class Cohort(NamedTuple):
    """Customers of a channel who entered a stage in a quarter, and who of them came further."""

    stage: str
    channel: int | None
    quarter: date
    entered: int
    converted: int


class Spell(NamedTuple):
    """How many customers left a stage, or still stand in it, after so many days."""

    stage: str
    channel: int | None
    days: int
    left: bool
    n: int


@dataclass(frozen=True)
class Conversion:
    """The share of those who entered a stage that came further within the window."""

    stage: str
    entered: int
    converted: int
    share: Estimate | None  # None: too few to say


@dataclass(frozen=True)
class TimeInStage:
    """The median days in a stage with its interval; None where it cannot be told yet."""

    stage: str
    n: int
    left: int
    median: float | None
    low: float | None
    high: float | None


def cohorts(changes: Table, channels: Table, *, as_of: date, window_months: int) -> Table:
    """Return entered and converted by stage, channel and quarter of entry.

    `changes` has customer_id, day and stage, a row for each entry; `channels` customer_id and
    channel. Only entries that lie a whole window back count; "converted" is a higher stage of the
    way within the window, however it was reached.
    """
    days = int(window_months * DAYS_A_MONTH)
    entries = changes.group_by("customer_id", "stage").agg(day=_.day.min())
    ranked = entries.mutate(rank=_rank(_.stage)).filter(_.rank <= len(WAY))
    later = ranked.view()
    pairs = ranked.left_join(
        later,
        [
            ranked.customer_id == later.customer_id,
            later.rank > ranked.rank,
            later.day >= ranked.day,
            later.day <= ranked.day + ibis.interval(days=1) * days,
        ],
    )
    each = pairs.group_by(customer_id=ranked.customer_id, stage=ranked.stage, day=ranked.day).agg(
        came=later.customer_id.count() > 0
    )
    last = ibis.literal(as_of) - ibis.interval(days=1) * days
    known = each.filter(_.day <= last).left_join(channels, "customer_id")
    return (
        known.group_by("stage", "channel", quarter=_.day.truncate("Q"))
        .agg(entered=_.count(), converted=_.came.sum())
        .order_by("stage", "channel", "quarter")
    )


def spells(changes: Table, channels: Table, *, as_of: date) -> Table:
    """Return how long customers stood in each stage: days, whether they left it, how many."""
    after = _.day.lead().over(ibis.window(group_by="customer_id", order_by=[_.day, _.number]))
    each = changes.mutate(next=after)
    end = ibis.coalesce(_.next, ibis.literal(as_of))
    known = each.mutate(days=end.delta(_.day, unit="day"), left=_.next.notnull())
    known = known.filter(_.days >= 0).left_join(channels, "customer_id")
    return known.group_by("stage", "channel", "days", "left").agg(n=_.count())


def conversions(found: Iterable[Cohort]) -> list[Conversion]:
    """Return one share per stage of the way, with Wilson's interval.

    >>> two = [Cohort("repeat", None, date(2025, 1, 1), 80, 30),
    ...        Cohort("repeat", None, date(2025, 4, 1), 20, 10)]
    >>> conversion = conversions(two)[3]
    >>> conversion.stage, conversion.entered, conversion.converted
    ('repeat', 100, 40)
    >>> [round(each, 3) for each in conversion.share]
    [0.4, 0.309, 0.498]
    """
    sums: dict[str, list[int]] = {stage: [0, 0] for stage in WAY[:-1]}
    for cohort in found:
        if cohort.stage in sums:
            sums[cohort.stage][0] += cohort.entered
            sums[cohort.stage][1] += cohort.converted
    return [
        Conversion(stage, n, k, wilson(k, n) if n >= FEWEST else None)
        for stage, (n, k) in sums.items()
    ]


def times_in_stage(found: Iterable[Spell], stages: Iterable[str] = RANKS) -> list[TimeInStage]:
    """Return the Kaplan-Meier median of each stage; who still stands there is censored.

    >>> left = [Spell("prospect", None, days, True, 10) for days in (10, 20, 30)]
    >>> still = [Spell("prospect", None, 40, False, 10)]
    >>> times_in_stage([*left, *still], ["prospect"])[0].median
    20.0
    """
    by_stage: dict[str, list[Spell]] = {stage: [] for stage in stages}
    for spell in found:
        if spell.stage in by_stage:
            by_stage[spell.stage].append(spell)
    return [_time(stage, each) for stage, each in by_stage.items()]


def _time(stage: str, found: list[Spell]) -> TimeInStage:
    n, left = sum(each.n for each in found), sum(each.n for each in found if each.left)
    if n < FEWEST or not left:
        return TimeInStage(stage, n, left, None, None, None)
    curve = kaplan_meier.fit(
        tenure=[max(each.days, 1) for each in found],
        lost=[each.left for each in found],
        weights=[each.n for each in found],
    )
    median = curve.quantile(0.5)
    ends = curve.quantile_interval(0.5)
    return TimeInStage(stage, n, left, _finite(median), _finite(ends.low), _finite(ends.high))


def _finite(days: float | None) -> float | None:
    return None if days is None or days == float("inf") else float(days)


def _rank(stage: Any) -> Any:
    return ibis.cases(*((stage == name, rank) for name, rank in RANKS.items()), else_=99)


def cohorts_of(rows: Iterable[Mapping[str, Any]]) -> list[Cohort]:
    """Return rows of `cohorts` as they are kept and read again."""
    return [Cohort(**row) for row in rows]
