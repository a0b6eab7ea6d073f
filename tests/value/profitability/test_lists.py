"""The questions of the catalogue, each answered by a list that opens with one click."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mainstay.value.profitability.lists import READY_LISTS
from tests.factories.customers import CustomerFactory, SourceFactory
from tests.factories.profitability import costed
from tests.factories.value import NOW, buy, computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]
YEAR = 365


@pytest.fixture(scope="module")
def module_twenty(module_base: Any) -> None:
    with module_base():
        _twenty()


@pytest.fixture
def base(db: None, module_twenty: None) -> None:
    """Twenty customers; the first buys most, the last have bought nothing for long."""


def _twenty() -> None:
    source = SourceFactory()
    for number in range(20):
        customer = CustomerFactory(name=f"Number {number:02}")
        days = [500, 900] if number >= 15 else [20, 500]
        for day in days:
            amount = 100_000 if number == 0 else 20_000 - 900 * number
            buy(customer, NOW - timedelta(day), amount, of=source, cost=amount // 2)
    costed()
    computed_run()


def names(client: Client, query: str) -> list[str]:
    page = client.get(f"/customers/?{query}").content.decode()
    return [name for name in (f"Number {n:02}" for n in range(20)) if name in page]


def test_gold_is_the_top_twentieth_by_the_years_sales(
    base: None, manager: Any, signed_in: SignedIn
) -> None:
    assert names(signed_in(manager), "sales_top=0.05") == ["Number 00"]


def test_the_smallest_who_fell_silent(base: None, manager: Any, signed_in: SignedIn) -> None:
    found = names(signed_in(manager), "ever_bottom=0.8&orders_to=0")

    assert found == ["Number 16", "Number 17", "Number 18", "Number 19"]


def test_the_largest_of_the_year_before_who_came_back_or_not(
    base: None, manager: Any, signed_in: SignedIn
) -> None:
    client = signed_in(manager)

    assert names(client, "before_top=0.05&orders_from=1") == ["Number 00"]
    assert names(client, "before_top=0.05&orders_to=0") == []


@pytest.mark.parametrize("view", READY_LISTS, ids=lambda view: str(view.name)[:30])
def test_every_ready_list_opens_without_complaint(
    base: None, manager: Any, signed_in: SignedIn, view: Any
) -> None:
    page = signed_in(manager).get(f"/customers/?{view.query}").content.decode()

    assert "does not exist any more" not in page
    assert "cannot be sorted" not in page
    assert "list-ready" in page
