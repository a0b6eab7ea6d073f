"""Pairwise judgements: published weights and consistency ratios."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.analysis.accounts.pairwise import judged, together

NONE = float("nan")


def reciprocal(upper: dict[tuple[int, int], float], n: int) -> np.ndarray:
    matrix = np.full((n, n), NONE)
    for (i, j), value in upper.items():
        matrix[i, j] = value
    return matrix


CITY = reciprocal(
    {
        (0, 1): 1 / 5,
        (0, 2): 3,
        (0, 3): 1 / 2,
        (0, 4): 5,
        (1, 2): 7,
        (1, 3): 1,
        (1, 4): 7,
        (2, 3): 1 / 4,
        (2, 4): 3,
        (3, 4): 7,
    },
    5,
)
BOZOKI = reciprocal({(0, 1): 1, (0, 2): 5, (0, 3): 2, (1, 2): 3, (1, 3): 4}, 4)


def test_saatys_city_criteria() -> None:
    found = judged(CITY)

    assert np.round(found.weights, 4).tolist() == [0.1522, 0.4335, 0.0716, 0.3050, 0.0378]
    assert round(found.eigenvalue, 4) == 5.2252
    assert round(found.consistency_ratio, 4) == 0.0507
    assert found.accepted


def test_missing_judgements_follow_from_the_others() -> None:
    found = judged(BOZOKI, table="Donegan-Dodd")

    assert np.round(found.weights, 4).tolist() == [0.3738, 0.3920, 0.0985, 0.1357]
    assert round(float(found.matrix[2, 3]), 4) == 0.7303
    assert round(found.consistency_ratio, 4) == 0.0372


def test_the_same_judgements_have_another_ratio_by_another_table() -> None:
    assert judged(CITY).consistency_ratio != judged(CITY, table="Donegan-Dodd").consistency_ratio


@given(st.lists(st.floats(0.05, 1), min_size=2, max_size=8))
@settings(max_examples=40)
def test_judgements_by_true_weights_give_them_back(drawn: list[float]) -> None:
    weights = np.array(drawn) / sum(drawn)

    found = judged(weights[:, None] / weights)

    assert found.weights == pytest.approx(weights)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.doubtful is None


def test_the_judgement_that_contradicts_the_others_is_named() -> None:
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    matrix = weights[:, None] / weights
    matrix[1, 3], matrix[3, 1] = 1 / 6, 6

    found = judged(matrix)

    assert found.doubtful == (1, 3)
    assert not found.accepted


def test_a_groups_judgement_is_the_geometric_mean_and_stays_reciprocal() -> None:
    one, other = np.array([[1, 2], [1 / 2, 1]]), np.array([[1, 8], [1 / 8, 1]])

    assert together([one, other]) == pytest.approx(np.array([[1, 4], [0.25, 1]]))
    assert together([one, np.full((2, 2), NONE)])[0, 1] == pytest.approx(2)


@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        ([[1, 2]], "square"),
        ([], "square"),
        ([[1, 0], [1, 1]], "above 0"),
        ([[1, 2], [2, 1]], "judgements of 0 and 1 must be"),
        ([[1, NONE], [NONE, 1]], "compared with no other"),
        (np.ones((16, 16)), "at most 15"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(matrix: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        judged(matrix)
