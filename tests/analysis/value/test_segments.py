import numpy as np
import pytest

from mainstay.analysis.value import segments


def named(**scores: list[int]) -> list[str]:
    return [segments.NAMES[place] for place in segments.segment(**scores)]


def test_corners_of_the_grid() -> None:
    assert named(r=[5, 5, 1, 1, 3], f=[5, 1, 5, 1, 3], m=[5, 1, 5, 1, 3]) == [
        "champion",
        "new",
        "cannot_lose",
        "lost",
        "attention",
    ]


def test_half_a_score_rounds_up() -> None:
    assert named(r=[4], f=[3], m=[4]) == ["loyal"]


def test_every_cell_has_a_known_name_and_every_name_a_cell() -> None:
    assert set(np.array(segments.GRID).ravel()) == set(segments.NAMES)


def test_a_score_outside_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="score f must lie from 1 to 5"):
        segments.segment(r=[1], f=[0], m=[1])
