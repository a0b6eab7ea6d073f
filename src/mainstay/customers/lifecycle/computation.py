"""Stages of all customers from facts, compared with where they stood: expressions, no loop.

facts of all sources → steps of each customer → where it stands now, people's decisions first →
what differs from before → rows to write.
"""

from datetime import date
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from mainstay.analysis.value import stages
from mainstay.analysis.value.stages import FACTS, RANKS, WAY, Thresholds


def facts_of(engine: Any, known: pa.Table, sources: list[pa.Table]) -> Any:
    """Return one row per customer with everything that the sources tell."""
    found = _dated(engine.load(known)).select("customer_id", "known_day")
    for source in sources:
        told = _dated(engine.load(source))
        fresh = [name for name in told.columns if name in FACTS and name not in found.columns]
        if fresh:
            right = told.select("customer_id", *fresh)
            found = found.left_join(right, "customer_id").select(*found.columns, *fresh)
    missing = {name: ibis.null(kind) for name, kind in FACTS.items() if name not in found.columns}
    whole = found.mutate(**missing) if missing else found
    return whole.mutate(occasions=_.occasions.fill_null(0), recommended=_.recommended.fill_null(0))


def _dated(table: Any) -> Any:
    days = [name for name in table.columns if FACTS.get(name) == "date"]
    return table.mutate(**{name: table[name].cast("date") for name in days}) if days else table


def recommendations(engine: Any, given: pa.Table, limits: Thresholds) -> pa.Table:
    """Return how many recommendations each gave, and the days that made advocate and partner."""
    rows = engine.load(given).mutate(day=_.day.cast("date"))
    ranked = rows.mutate(n=1 + ibis.row_number().over(group_by="customer_id", order_by="day"))
    counted = ranked.group_by("customer_id").agg(
        recommended=_.count(),
        recommended_day=_.day.min(where=_.n == limits.advocate_recommendations),
        recommended_much_day=_.day.min(where=_.n == limits.partner_recommendations),
    )
    return engine.run(counted)


def new_standings(steps: Any, engine: Any, hands: pa.Table) -> Any:
    """Return where each customer stands: as a person decided, else as the facts say."""
    hand = engine.load(hands).mutate(hand_since=_.hand_since.cast("date"))
    derived = stages.standing(steps)
    found = derived.left_join(hand, "customer_id").select(
        *derived.columns, "hand_stage", "hand_since"
    )
    by_hand = found.hand_stage.notnull()
    return found.select(
        customer_id=_.customer_id,
        stage=ibis.coalesce(_.hand_stage, _.stage),
        day=ibis.coalesce(_.hand_since, _.day),
        reason=ibis.ifelse(by_hand, "set_by_hand", _.reason),
        figure=ibis.ifelse(by_hand, ibis.null("int64"), _.figure),
        by_hand=by_hand,
    )


def differing(standings: Any, engine: Any, before: pa.Table, *, as_of: date) -> Any:
    """Return the rows that are new or stand otherwise than before, with the day of the step."""
    old = engine.load(before).mutate(old_since=_.old_since.cast("date"))
    both = standings.left_join(old, "customer_id").select(
        *standings.columns, *(name for name in old.columns if name != "customer_id")
    )
    moved = both.old_stage.isnull() | (both.stage != both.old_stage)
    other = moved | (both.reason != both.old_reason) | (both.by_hand != both.old_by_hand)
    other |= ibis.coalesce(both.figure, -1) != ibis.coalesce(both.old_figure, -1)
    # Who comes back does so now; nor is a step dated before the stage it leaves.
    back = both.old_stage.isin(["inactive", "former"]) & both.stage.isin(WAY)
    late = both.old_since.notnull() & (back | (both.day < both.old_since))
    since = ibis.ifelse(late, ibis.literal(as_of), both.day)
    return (
        both.mutate(moved=moved, since=ibis.ifelse(moved, since, both.old_since))
        .filter(other)
        .mutate(rank=_rank(_.stage), old_rank=_rank(_.old_stage))
    )


def history(steps: Any, differing: Any) -> Any:
    """Return the steps to note: the whole way of who is new, the stages passed since before."""
    moved = differing.filter(_.moved)
    up = moved.filter(_.old_stage.isnull() | (~_.by_hand & (_.rank > _.old_rank)))
    aside = up.select(
        "customer_id", "old_stage", "old_since", "old_rank", "since", last_rank="rank", last=_.stage
    )
    passed = steps.inner_join(aside, "customer_id").select(*steps.columns, *aside.columns[1:])
    fresh = passed.old_stage.isnull() | (
        (passed.rank > passed.old_rank) & (passed.day >= passed.old_since)
    )
    between = passed.filter(
        fresh
        & (passed.stage != passed.last)
        & (passed.rank < passed.last_rank)
        & (passed.day <= passed.since)
    )
    columns = ("customer_id", "old_stage", "stage", "day", "reason", "figure", "rank")
    final = moved.mutate(day=_.since)
    every = between.select(*columns).union(final.select(*columns))
    before = ibis.window(group_by="customer_id", order_by=[_.day, _.rank])
    lagged = every.mutate(previous=_.stage.lag().over(before))
    return lagged.select(
        customer=_.customer_id,
        day=_.day,
        from_stage=ibis.coalesce(_.previous, _.old_stage, ""),
        to_stage=_.stage,
        reason=_.reason,
        figure=_.figure,
        note=ibis.literal(""),
        by_name=ibis.literal(""),
    ).order_by("customer", "day")


def _rank(stage: Any) -> Any:
    known = RANKS | {"disqualified": 2}
    return ibis.cases(*((stage == name, rank) for name, rank in known.items()), else_=0)
