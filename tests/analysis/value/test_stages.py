from datetime import date, timedelta

import ibis
import pyarrow as pa
import pytest

from mainstay.analysis.value import stages
from mainstay.analysis.value.stages import FACTS, Thresholds

TODAY = date(2026, 3, 5)
SCHEMA = pa.schema(
    [(name, pa.date32() if kind == "date" else pa.int64()) for name, kind in FACTS.items()]
)


def ago(days):
    return TODAY - timedelta(days=days)


def path(limits=None, **facts):
    """Return the steps of one customer: [(stage, days ago, reason, figure)]."""
    row = dict.fromkeys(FACTS) | {"customer_id": 1, "known_day": ago(1000), "occasions": 0}
    table = ibis.memtable(pa.Table.from_pylist([row | facts], schema=SCHEMA))
    found = stages.steps(table, limits or Thresholds(), as_of=TODAY).order_by("rank").to_pyarrow()
    return [
        (each["stage"], (TODAY - each["day"]).days, each["reason"], each["figure"])
        for each in found.to_pylist()
    ]


def now(**facts):
    return path(**facts)[-1]


def ordered(*days):
    """Return the facts of orders on days ago, oldest first."""
    known = [ago(each) for each in days]
    nth = dict(enumerate(known, start=1))
    return {
        "occasions": len(known),
        "first_day": nth[1],
        "second_day": nth.get(2),
        "many_day": nth.get(5),
        "last_day": known[-1],
    }


@pytest.mark.parametrize(
    ("facts", "stage", "reason", "figure"),
    [
        ({}, "suspect", "known", None),
        ({"talked_day": ago(9)}, "prospect", "talked", None),
        (ordered(30), "first_time", "ordered", None),
        (ordered(60, 30), "repeat", "ordered_again", 2),
        (ordered(150, 120, 90, 60, 30), "client", "many_orders", 5),
        (ordered(900, 10), "client", "long_customer", 24),
        (ordered(60, 30) | {"member_from": ago(20)}, "member", "membership", None),
        (
            ordered(60, 30) | {"member_from": ago(20), "member_until": ago(1)},
            "repeat",
            "ordered_again",
            2,
        ),
        (ordered(30) | {"recommended": 1, "recommended_day": ago(3)}, "advocate", "recommended", 1),
        (
            ordered(30)
            | {"recommended": 2, "recommended_day": ago(9), "recommended_much_day": ago(3)}
            | {"contract_from": ago(100)},
            "partner",
            "partnership",
            2,
        ),
        (ordered(366), "inactive", "quiet_for_days", 365),
        (ordered(365), "first_time", "ordered", None),
        (ordered(260, 230, 200), "inactive", "quiet_for_intervals", 90),
        (ordered(1096), "former", "quiet_for_long", 1095),
        (ordered(400) | {"contract_from": ago(500)}, "client", "contract", None),
        (
            {"contract_from": ago(500), "contract_until": ago(30)},
            "former",
            "contract_ended",
            None,
        ),
        (
            ordered(10) | {"contract_from": ago(500), "contract_until": ago(30)},
            "first_time",
            "ordered",
            None,
        ),
    ],
)
def test_each_stage_has_its_reason(facts, stage, reason, figure):
    found = now(**facts)

    assert (found[0], found[2], found[3]) == (stage, reason, figure)


def test_the_path_tells_each_step_with_its_day():
    facts = ordered(150, 120, 90, 60, 30) | {"talked_day": ago(200)}

    assert [(stage, days) for stage, days, _reason, _figure in path(**facts)] == [
        ("suspect", 1000),
        ("prospect", 200),
        ("first_time", 150),
        ("repeat", 120),
        ("client", 30),
    ]


def test_who_ordered_before_anybody_talked_never_was_a_prospect():
    facts = ordered(150) | {"talked_day": ago(100), "known_day": ago(90)}

    assert [stage for stage, *_rest in path(**facts)] == ["first_time"]


def test_the_day_on_which_it_went_quiet_is_told():
    assert path(**ordered(466))[-1] == ("inactive", 100, "quiet_for_days", 365)


def test_thresholds_decide():
    strict = Thresholds(inactive_days=20)

    assert path(strict, **ordered(30))[-1][0] == "inactive"
