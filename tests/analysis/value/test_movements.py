"""Movements between two valuations."""

from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from mainstay.analysis.value import movements

ROW = st.tuples(
    st.sampled_from(["A", "B", "C", None]),
    st.sampled_from(["loyal", "lost"]),
    st.one_of(st.none(), st.floats(0, 1)),
    st.one_of(st.none(), st.integers(-(10**12), 10**12)),
)
BASE = st.dictionaries(st.integers(1, 40), ROW, max_size=40)


def valued(base: dict[int, Any]) -> pa.Table:
    rows = [(customer, *row) for customer, row in base.items()]
    columns = list(zip(*rows, strict=True)) or [()] * len(movements.COLUMNS)
    return pa.table([list(column) for column in columns], schema=movements.COLUMNS)


def test_the_bridge_names_who_came_grew_shrank_was_lost_and_is_gone() -> None:
    before = {
        1: ("A", "loyal", 0.9, 100),
        2: ("B", "loyal", 0.9, 50),
        3: ("A", "loyal", 0.8, 70),
        4: ("C", "lost", 0.2, 5),
    }
    now = {
        1: ("A", "loyal", 0.9, 130),
        2: ("C", "loyal", 0.7, 40),
        3: ("A", "lost", 0.3, 20),
        5: ("C", "loyal", 0.9, 11),
    }

    found = movements.compare(valued(now), valued(before))

    assert found.bridge == {
        "before": {"customers": 4, "minor": 225},
        "new": {"customers": 1, "minor": 11},
        "grown": {"customers": 1, "minor": 30},
        "shrunk": {"customers": 1, "minor": -10},
        "lost": {"customers": 1, "minor": -50},
        "gone": {"customers": 1, "minor": -5},
        "now": {"customers": 4, "minor": 201},
    }
    assert (found.came, found.gone) == (1, 1)
    names = ("customer_id", "class_steps", "segment_changed", "risk", "clv_change_minor")
    moved = [(2, -1, False, 0, -10), (3, 0, True, 1, -50)]
    expected = [dict(zip(names, row, strict=True)) for row in moved]
    assert found.movers.sort_by("customer_id").to_pylist() == expected


@given(BASE, BASE)
def test_the_parts_add_up_and_everybody_is_counted_once(now: Any, before: Any) -> None:
    found = movements.compare(valued(now), valued(before))

    stayed = len(now.keys() & before.keys())
    assert (found.came, found.gone) == (len(now) - stayed, len(before) - stayed)
    assert sum(move["customers"] for move in found.moves) == stayed
    if bridge := found.bridge:
        change = sum(bridge[part]["minor"] for part in movements.PARTS)
        assert bridge["before"]["minor"] + change == bridge["now"]["minor"]


def test_without_lifetime_values_there_are_moves_but_no_bridge() -> None:
    base = {1: ("A", "loyal", None, None)}

    found = movements.compare(valued(base), valued({1: ("B", "loyal", None, None)}))

    assert found.bridge is None
    assert found.moves == [{"from": "B", "to": "A", "customers": 1}]
