"""Ratings of a relationship against the lecture's comparison and by hand."""

import pytest

from mainstay.analysis.accounts.relationship import (
    LEVELS,
    POINTS,
    advised_levels,
    closeness,
    diagnosis,
    gap,
    spread,
    word,
)


def test_the_words_of_the_lecture_hold_a_third_of_the_scale_each() -> None:
    assert [word(value) for value in (1, 2, 7 / 3, 2.34, 3, 11 / 3, 3.67, 5)] == [
        *["low"] * 3,
        *["medium"] * 3,
        *["high"] * 2,
    ]


def test_disagreement_is_a_range_a_deviation_and_how_many() -> None:
    found = spread([2, 4, 5])

    assert found
    assert (found.n, found.lowest, found.highest, found.range) == (3, 2, 5, 3)
    assert found.mean == pytest.approx(11 / 3)
    assert found.deviation == pytest.approx((7 / 3) ** 0.5)  # of the sample
    assert found.is_disputed


def test_one_rating_has_no_deviation_and_none_has_no_mean() -> None:
    one = spread([4])

    assert one
    assert one.deviation is None
    assert not one.is_disputed
    assert spread([]) is None
    assert gap(one, None) is None
    assert gap(one, spread([2])) == 2


def test_a_rating_lies_on_the_scale() -> None:
    with pytest.raises(ValueError, match="between 1 and 5"):
        spread([0])


def test_what_is_more_distant_counts_the_other_way_round() -> None:
    directions = {"trust": 1, "distance": -1, "outside": 0}

    assert closeness({"trust": 5, "distance": 1, "outside": 1}, directions) == 1
    assert closeness({"trust": 1, "distance": 5}, directions) == 0
    assert closeness({"outside": 5}, directions) is None


@pytest.mark.parametrize(
    ("marks", "side"),
    [
        ([5, 4, 4, 5, 4], "relational"),
        ([1, 2, 2, 1, 1, 5, 5, 5, 5], "transactional"),
        ([1, 2, 3, 3, 3, 4, 5, 4, 4], "mixed"),
        ([5, 5, 5, 5], ""),  # fewer than a majority of the nine are judged
    ],
)
def test_a_side_is_named_when_more_than_half_of_the_points_lean_to_it(
    marks: list[int], side: str
) -> None:
    found = diagnosis(dict(zip(POINTS, marks, strict=False)))

    assert found.side == side
    assert (found.judged, found.needed) == (len(marks), 5)


def test_unknown_points_and_marks_are_refused() -> None:
    with pytest.raises(ValueError, match="no such point"):
        diagnosis({"weather": 3})
    with pytest.raises(ValueError, match="from 1 to 5"):
        diagnosis({"price": 6})


def test_levels_follow_margin_and_number_of_customers() -> None:
    assert advised_levels("high", "few") == ("partnership",)
    assert advised_levels("low", "many") == ("basic", "reactive")
    assert set(LEVELS) >= set(advised_levels("medium", "some"))
    with pytest.raises(ValueError, match="low, medium or high"):
        advised_levels("huge", "few")
