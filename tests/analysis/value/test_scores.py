import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from mainstay.analysis.value import scores

from .drawn import DUCK, table

VALUES = st.lists(st.integers(-1000, 1000), min_size=1, max_size=60)


def score_all(recency: list[int], occasions: list[int], revenue: list[int]) -> np.ndarray:
    facts = table(
        place=range(len(recency)),
        recency_days=recency,
        occasions=occasions,
        revenue_minor=revenue,
    )
    row = DUCK.run(scores.cut_points(facts)).to_pylist()[0]
    found = DUCK.run(scores.scored(facts, cuts=scores.cuts(row)).order_by("place"))
    return np.array([found[name].to_pylist() for name in "rfm"])


def test_five_is_best_and_fewest_days_are_best() -> None:
    days = list(range(0, 100, 10))

    r, f, m = score_all(days, days, days)

    assert r.tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert f.tolist() == m.tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_ties_share_a_score_and_scores_may_stay_empty() -> None:
    _r, f, _m = score_all([1] * 10, [1] * 7 + [2, 3, 9], [5] * 10)

    assert f.tolist() == [1] * 7 + [4, 5, 5]


@given(values=VALUES)
@example(values=[-217, -217])
def test_agrees_with_numpy_and_never_splits_equals(values: list[int]) -> None:
    _r, f, _m = score_all(values, values, values)

    cuts = np.quantile(values, scores.QUANTILES)
    expected = 1 + (np.array(values)[:, None] > cuts).sum(axis=1)
    assert f.tolist() == expected.tolist()
