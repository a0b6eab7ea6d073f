"""Weighted rankings: the lecture's own table, and what holds for any."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata, zscore

from mainstay.analysis.accounts.ranking import Criterion, ranking

from .golden import CLIENTS, WEIGHTS, ratings

CRITERIA = [
    Criterion(name, weight, nothing_up_to=0.0 if name == "current gap" else None)
    for name, weight in WEIGHTS.items()
]


def test_thirteen_clients_get_the_totals_and_places_of_the_lecture() -> None:
    found = ranking(ratings(), CRITERIA)

    assert found.scores.tolist() == ratings()
    assert np.round(found.totals, 2).tolist() == [total for _r, total, _p in CLIENTS.values()]
    assert found.places.tolist() == [place for _r, _t, place in CLIENTS.values()]


def test_weights_that_add_up_to_95_per_cent_are_shown_and_not_rescaled() -> None:
    found = ranking(ratings(), CRITERIA)

    assert found.weight_sum == pytest.approx(0.95)
    assert found.coverage == pytest.approx(1.0)


def test_equals_share_the_highest_rank_and_a_gap_of_nothing_scores_nothing() -> None:
    gap = Criterion("current gap", 1.0, nothing_up_to=0.0)

    assert ranking([[5], [5], [2], [0], [-3]], [gap]).scores[:, 0].tolist() == [5, 5, 3, 0, 0]


def test_the_lowest_is_best_where_the_criterion_says_so() -> None:
    risk = Criterion("risk", 1.0, lower_is_better=True, low=10, high=0)

    assert ranking([[1], [9]], [risk]).places.tolist() == [1, 2]
    assert ranking([[1], [9]], [risk], scale="value").scores[:, 0] == pytest.approx([0.9, 0.1])


def test_an_account_without_a_rating_gets_nothing_for_it_and_the_coverage_says_so() -> None:
    criteria = [Criterion("image", 0.75), Criterion("network", 0.25)]

    found = ranking([[3, np.nan], [1, 4]], criteria)

    assert found.totals.tolist() == [1.5, 0.75 + 0.5]
    assert found.coverage.tolist() == [0.75, 1.0]


def test_the_value_scale_ends_at_its_bounds() -> None:
    points = Criterion("points", 2.0, low=0, high=10)

    assert ranking([[-1], [5], [12]], [points], scale="value").totals.tolist() == [0, 1, 2]
    assert ranking([[4], [4]], [Criterion("even", 1)], scale="value").totals.tolist() == [1, 1]


values = st.lists(st.integers(-50, 50), min_size=2, max_size=30)


@given(values)
@settings(max_examples=40)
def test_scores_are_those_of_an_independent_implementation(drawn: list[int]) -> None:
    table, criterion = [[v] for v in drawn], [Criterion("any", 1.0)]

    ranks = ranking(table, criterion).scores[:, 0]
    deviations = ranking(table, criterion, scale="deviation").scores[:, 0]

    assert ranks.tolist() == rankdata(drawn, method="max").tolist()
    if len(set(drawn)) > 1:
        assert deviations == pytest.approx(zscore(drawn, ddof=1))


def test_nothing_to_rank_gives_an_empty_ranking() -> None:
    assert ranking(np.empty((0, 5)), CRITERIA).totals.size == 0
    assert ranking([[np.nan]], [Criterion("image", 1)], scale="value").totals.tolist() == [0]
    assert ranking([[np.nan]], [Criterion("image", 0)]).coverage.tolist() == [0]


@pytest.mark.parametrize(
    ("ratings", "weight", "scale", "sentence"),
    [
        ([[np.inf]], 1.0, "rank", "“image” is infinite"),
        ([[1.0]], -0.1, "rank", "weight of “image” must be 0 or more"),
        ([[1.0]], np.nan, "rank", "weight of “image” must be 0 or more"),
        ([[1.0]], 1.0, "stars", "no scale “stars”"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    ratings: Any, weight: float, scale: str, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        ranking(ratings, [Criterion("image", weight)], scale=scale)
