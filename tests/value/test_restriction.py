"""Whose processing is restricted is in no computation, and every page says how many they are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.customers.models import Customer
from mainstay.customers.segments import actions, queries
from mainstay.value.models import CustomerProfit, CustomerValue, ValueRun
from mainstay.value.presenters import overview, runs
from tests.api import ApiClient
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory, CustomerFactory, SourceFactory
from tests.factories.segments import asks, fixed, live, rule
from tests.factories.value import buy, computed_run

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


@pytest.fixture
def people(administrator: Any) -> tuple[Customer, Customer]:
    free = CustomerFactory(name="Free Ltd", country="PL")
    apart = CustomerFactory(name="Apart Ltd", country="PL", restricted=True)
    return free, apart


@pytest.fixture
def run(people: tuple[Customer, Customer]) -> ValueRun:
    shop = SourceFactory()
    for customer in people:
        buy(customer, NOW, 5000, of=shop, cost=1000)
    return computed_run()


def names(rows: Any, path: str = "customer__name") -> list[str]:
    return list(rows.order_by(path).values_list(path, flat=True))


def test_runs_leave_them_out_and_say_so(
    run: ValueRun, administrator: Any, signed_in: SignedIn
) -> None:
    assert names(CustomerValue.objects.all()) == names(CustomerProfit.objects.all()) == ["Free Ltd"]
    counts = run.summary["counts"]
    told = [counts[f"restricted_{key}"] for key in ("customers", "lines", "minor")]
    assert (told, counts["lines"], counts["counted"]) == ([1, 1, 5000], 2, 1)
    (row,) = overview.left_out(run)
    assert row.name == "Lines of customers whose processing is restricted"
    assert ("Processing restricted", "1") in runs._facts(run, money=True)
    client = signed_in(administrator)
    for address in ("/value/", reverse("value:profitability"), reverse("value:matrix")):
        page = client.get(address).content.decode()
        assert "1 customer is left out: its processing is restricted." in page, address


def test_segments_hold_and_count_none_of_them(
    people: tuple[Customer, Customer], administrator: Any, signed_in: SignedIn
) -> None:
    segment, chosen = live(administrator), fixed(administrator, *people)
    for each in (segment, chosen):
        actions.recount(segment=each, now=NOW)
        each.refresh_from_db()
        assert each.members == 1
        assert names(queries.members(administrator, each, now=NOW), "name") == ["Free Ltd"]
        client = signed_in(administrator)
        told = client.get(f"/segments/{each.pk}/").content.decode()
        assert "1 more is left out: its processing is restricted." in told
        listed = client.get(f"/customers/?in_segment={each.pk}").content.decode()
        assert "Free Ltd" in listed
        assert "Apart Ltd" not in listed
    apart = "1 customer belongs to no segment: its processing is restricted."
    assert apart in client.get("/segments/").content.decode()
    api = ApiClient(administrator)
    assert api.get("/segments").json()["restricted"] == 1
    assert api.get(f"/segments/{segment.pk}").json()["left_out"] == 1
    previewed = api.post("/segments/preview", rule(asks("customer.country", "is", ["PL"]))).json()
    assert (previewed["customers"], previewed["left_out"]) == (1, 1)
    assert names(queries.stored(segment)) == ["Free Ltd"]

    Customer.objects.update(restricted=False)
    actions.recount(segment=segment, now=NOW)
    assert names(queries.stored(segment)) == ["Apart Ltd", "Free Ltd"]


@pytest.mark.parametrize("which", ["/customers/", "/customers/contacts/", "/orders/"])
def test_lists_show_them_but_no_file_takes_them_along(
    run: ValueRun,
    people: tuple[Customer, Customer],
    administrator: Any,
    signed_in: SignedIn,
    which: str,
) -> None:
    for customer in people:
        AffiliationFactory(customer=customer, contact__name=f"Ada of {customer.name}")
    client = signed_in(administrator)
    assert "Apart Ltd" in client.get(which).content.decode()

    file = b"".join(client.post(which, {"export": "csv"}).streaming_content).decode()

    assert "Free Ltd" in file
    assert "Apart Ltd" not in file
    assert "1 row is left out of the file" in client.get(which).content.decode()


def test_a_segment_may_ask_for_another_one(
    people: tuple[Customer, Customer], administrator: Any
) -> None:
    """A part that is denied does not bring them in by the back door."""
    inner = live(administrator)
    outer = live(administrator, asks("segment", "is_not", [inner.pk]), name="Others")
    assert names(queries.members(administrator, outer, now=NOW), "name") == []
