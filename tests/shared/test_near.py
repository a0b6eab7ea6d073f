"""Words one mistake away, on plain values."""

import pytest

from mainstay.shared import near


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kowalsky", "kowalski"),  # wrong
        ("kowalki", "kowalski"),  # missing
        ("kowallski", "kowalski"),  # too much
        ("kowlaski", "kowalski"),  # exchanged
        ("owalski", "kowalski"),
        ("ивонов", "иванов"),
        ("ивнаов", "иванов"),
    ],
)
def test_a_mistake_is_found_back(typed, meant):
    assert meant in near.neighbours(typed)
    assert typed in near.neighbours(meant)


def test_neighbours_are_few_and_keep_the_first_letter_first():
    found = near.neighbours("sprot")

    assert len(found) < 600
    assert found.index("sport") < found.index("aprot")
    assert "sprot" not in found


@pytest.mark.parametrize("word", ["abc", "a1b2c3", "", "王伟明大", "x" * 25])
def test_words_that_are_not_corrected(word):
    assert not near.can_be_mistyped(word)


def test_signs_in_a_row_with_one_mistake():
    found = [pattern for pattern, _signs in near.patterns("王 炜 明")]

    assert "% 王 _ 明 %" in found
    assert "% 王 明 %" in found
    assert "% 炜 王 明 %" in found
    assert "% 王 _ 炜 明 %" in found
    assert [pattern for pattern, _signs in near.patterns("王 伟")] == ["% 伟 王 %", "% 王 _ 伟 %"]
