"""Numbers of rows as people and programs write them."""

import pytest

from mainstay.shared.numbers import row_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("0", 0), ("007", 7), (7, 7), ("9" * 18, 10**18 - 1), ("9" * 19, None), (None, None)]
    + [(text, None) for text in ("", "-1", "1.5", " 1", "²", "٣", "x", "1e3", "\x00")],
)
def test_only_a_number_that_a_database_can_hold_is_one(text: object, number: int | None) -> None:
    assert row_number(text) == number
