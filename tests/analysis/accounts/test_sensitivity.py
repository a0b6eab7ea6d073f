"""Sensitivity of a ranking: moving a weight to the stated point, and just past it, shows it."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.analysis.accounts.ranking import Criterion, ranking
from mainstay.analysis.accounts.sensitivity import sensitivity

from .golden import CLIENTS, ratings
from .test_ranking import CRITERIA

PAST = 1e-6


def moved(criteria: list[Criterion], place: int, weight: float) -> list[Criterion]:
    return [replace(c, weight=weight) if n == place else c for n, c in enumerate(criteria)]


def test_the_first_three_of_the_lecture_hold_until_a_weight_moves_so_far() -> None:
    names = list(CLIENTS)
    found = sensitivity(ranking(ratings(), CRITERIA), CRITERIA, first=3)

    image = found[0].down
    assert image is not None
    assert (names[image.leaves], names[image.enters]) == ("P", "G")
    assert round(image.weight, 3) == round(0.19 - (8.27 - 7.79) / 10, 3)


tables = st.lists(
    st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=8, unique_by=tuple
)


@given(tables, st.lists(st.integers(1, 40), min_size=3, max_size=3))
@settings(max_examples=60)
def test_places_stay_within_the_range_and_change_past_it(
    table: list[list[int]], weights: list[int]
) -> None:
    criteria = [Criterion(str(n), w / 100) for n, w in enumerate(weights)]
    before = ranking(table, criteria)
    for place, limits in enumerate(sensitivity(before, criteria, first=2)):
        if limits.highest is not None:
            middle = (criteria[place].weight + limits.highest) / 2
            assert_same_order(before.places, ranking(table, moved(criteria, place, middle)).places)
            past = ranking(table, moved(criteria, place, limits.highest + PAST)).places
            assert past.tolist() != before.places.tolist()
        if limits.up is not None:
            chosen = ranking(table, moved(criteria, place, limits.up.weight + PAST))
            assert chosen.totals[limits.up.enters] >= chosen.totals[limits.up.leaves]


def assert_same_order(before: np.ndarray, after: np.ndarray) -> None:
    """Assert that who stood before another still does; those who shared a place may part."""
    assert (after[:, None] < after[None, :])[before[:, None] < before[None, :]].all()


def test_a_ranking_that_no_weight_can_change_says_so() -> None:
    criteria = [Criterion("image", 1.0)]

    [only] = sensitivity(ranking([[3.0], [2.0]], criteria), criteria, first=1)

    assert (only.highest, only.up, only.down) == (None, None, only.down)
    assert only.lowest == 0.0
