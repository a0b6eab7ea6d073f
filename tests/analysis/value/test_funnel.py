from datetime import date, timedelta

import ibis
import pyarrow as pa

from mainstay.analysis.value import funnel
from mainstay.analysis.value.funnel import Cohort, Spell

TODAY = date(2026, 3, 5)


def ago(days):
    return TODAY - timedelta(days=days)


def tables(*entries):
    """Return changes and channels: entries are (customer, days ago, stage)."""
    names = ["customer_id", "day", "stage", "number"]
    rows = [
        dict(zip(names, (who, ago(days), stage, number), strict=True))
        for number, (who, days, stage) in enumerate(entries)
    ]
    people = sorted({who for who, _days, _stage in entries})
    channels = pa.table({"customer_id": people, "channel": [7] * len(people)})
    return ibis.memtable(pa.Table.from_pylist(rows)), ibis.memtable(channels)


def test_only_cohorts_that_had_the_whole_window_count():
    changes, channels = tables(
        (1, 800, "suspect"),
        (1, 700, "first_time"),  # skipped a stage, came further in time
        (2, 800, "suspect"),
        (2, 100, "prospect"),  # too late
        (3, 30, "suspect"),  # had no time yet
        (4, 800, "inactive"),  # off the way
    )

    found = funnel.cohorts(changes, channels, as_of=TODAY, window_months=12).to_pyarrow()

    rows = [(r["stage"], r["channel"], r["entered"], r["converted"]) for r in found.to_pylist()]
    assert rows == [("first_time", 7, 1, 0), ("suspect", 7, 2, 1)]


def test_spells_end_with_the_next_step_or_are_censored_today():
    changes, channels = tables((1, 100, "suspect"), (1, 60, "prospect"), (2, 100, "suspect"))

    found = funnel.spells(changes, channels, as_of=TODAY).to_pyarrow().to_pylist()

    rows = {(r["stage"], r["days"], r["left"], r["n"]) for r in found}
    assert rows == {
        ("suspect", 40, True, 1),
        ("prospect", 60, False, 1),
        ("suspect", 100, False, 1),
    }


def test_below_twenty_counts_are_told_and_no_share():
    few, enough = Cohort("suspect", None, TODAY, 19, 9), Cohort("prospect", None, TODAY, 20, 9)

    found = {each.stage: each for each in funnel.conversions([few, enough])}

    assert found["suspect"].share is None
    assert found["suspect"].entered == 19
    assert found["prospect"].share is not None


def test_a_median_counts_who_still_stands_there():
    left = [Spell("prospect", None, days, True, 10) for days in range(1, 11)]
    still = [Spell("prospect", None, 20, False, 100)]

    without = funnel.times_in_stage(left, ["prospect"])[0]
    with_them = funnel.times_in_stage([*left, *still], ["prospect"])[0]

    assert (without.median, without.n) == (5.0, 100)
    assert without.low <= 5.0 <= without.high
    assert (with_them.median, with_them.left) == (10.0, 100)


def test_nobody_who_left_gives_no_median():
    found = funnel.times_in_stage([Spell("partner", None, 9, False, 50)], ["partner"])[0]

    assert (found.median, found.n) == (None, 50)


def test_who_passed_through_on_the_same_day_counts_as_a_day():
    found = funnel.times_in_stage([Spell("suspect", None, 0, True, 30)], ["suspect"])[0]

    assert (found.median, found.left) == (1.0, 30)
