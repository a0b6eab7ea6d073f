from typing import Any

import numpy as np
import pytest

from mainstay.analysis.accounts.selection_matrix import placed


def test_accounts_stand_in_the_four_fields() -> None:
    found = placed([0.9, 0.9, 0.1, 0.1, np.nan], [0.9, 0.1, 0.9, 0.1, 0.5])

    assert found.fields == ["strategic", "star", "status", "streamline", ""]


def test_the_median_parts_accounts_that_the_middle_leaves_together() -> None:
    attractiveness, strength = [0.6, 0.8, 0.9], [0.7, 0.6, 0.9]

    assert placed(attractiveness, strength).fields == ["strategic"] * 3
    assert placed(attractiveness, strength, cut="median").fields == ["status", "star", "strategic"]


def test_an_account_near_a_cut_is_undecided() -> None:
    assert placed([0.52, 0.9], [0.9, 0.9]).undecided.tolist() == [True, False]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([0.1], [0.1, 0.2]), "differ in length"),
        (([1.1], [0.1]), "between 0 and 1"),
        (([0.1], [0.1], "mean"), "no cut “mean”"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(arguments: Any, sentence: str) -> None:
    attractiveness, strength, *cut = arguments
    with pytest.raises(ValueError, match=sentence):
        placed(attractiveness, strength, **({"cut": cut[0]} if cut else {}))
