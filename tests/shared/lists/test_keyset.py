import base64
import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainstay.customers.models import Customer
from mainstay.shared.lists import keyset
from mainstay.shared.lists.keyset import BadCursor, Cursor, Ordering
from tests.factories.customers import CustomerFactory

NAME = Ordering("sort_name")
YEAR = Ordering("founded_year", nullable=True, descending=True)


@pytest.fixture
def fifteen(db: None) -> list[int]:
    """Fifteen customers, names and years repeated so that ties matter, some years unknown."""
    for number in range(15):
        year = None if number % 4 == 0 else 1990 + number % 3
        CustomerFactory(name=f"Name {number % 3}", founded_year=year)
    return list(Customer.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("ordering", [NAME, YEAR, Ordering("sort_name", descending=True)])
def test_pages_forward_and_back_show_every_row_once(fifteen: list[int], ordering: Ordering) -> None:
    rows, seen, pages, cursor = Customer.objects.all(), [], [], None
    while True:
        page = keyset.fetch(rows, ordering, cursor, [], size=4)
        seen += [row["pk"] for row in page.rows]
        pages.append([row["pk"] for row in page.rows])
        if page.after is None:
            break
        cursor = keyset.decoded(page.after.encoded(), backwards=False)
    assert sorted(seen) == sorted(fifteen)

    for expected in reversed(pages[:-1]):
        assert page.before is not None
        cursor = keyset.decoded(page.before.encoded(), backwards=True)
        page = keyset.fetch(rows, ordering, cursor, [], size=4)
        assert [row["pk"] for row in page.rows] == expected
    assert page.before is None


def test_rows_without_a_value_come_last(fifteen: list[int]) -> None:
    page = keyset.fetch(Customer.objects.all(), YEAR, None, ["founded_year"], size=15)

    years = [row["founded_year"] for row in page.rows]
    assert years == sorted((y for y in years if y), reverse=True) + [None] * 4


@pytest.mark.parametrize(
    "value", ["Łódź", 5, 2.5, None, datetime(2026, 3, 5, 10, 0, 0, 123456, tzinfo=UTC)]
)
def test_a_cursor_survives_its_address(value: object) -> None:
    cursor = Cursor(0, value, 7)

    assert keyset.decoded(cursor.encoded(), backwards=False) == cursor


def coded(plain: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zz",
        "é",
        coded({}),
        coded([0, "v", "x", 2**64]),
        coded([0, "v", 2**70, 1]),
        coded([0, "v", "a\0b", 1]),
        coded([0, "v", "\ud800", 1]),
        coded([0, "t", "yesterday", 1]),
        coded([9, "v", 1, 1]),
        coded([0, "v", [1], 1]),
        coded([0, "v", "x" * 999, 1]),
    ],
)
def test_a_damaged_address_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        keyset.decoded(text, backwards=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=60))
def test_any_address_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(BadCursor):
        keyset.decoded(text, backwards=True)
