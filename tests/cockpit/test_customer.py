from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mainstay.customers import actions, timeline
from mainstay.customers.models import Interaction
from tests.factories.customers import AffiliationFactory, CustomerFactory, InteractionFactory
from tests.factories.orders import OrderFactory, OrderLineFactory
from tests.factories.value import buying_customers, computed_run

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


def test_the_timeline_merges_everything_newest_first_once(owner: Any, now: Any) -> None:
    customer = actions.add_customer(by=owner, now=now, values={"name": "Port"})
    for number in range(30):
        # Many at the very same moment: the cursor must not skip or repeat.
        at = now - timedelta(hours=number // 6)
        OrderFactory(customer=customer, ordered_at=at)
        InteractionFactory(customer=customer, occurred_at=at, user=owner)

    seen, below = [], None
    while True:
        entries, following = timeline.page(owner, customer, below)
        seen += [(entry.source, entry.pk) for entry in entries]
        if not following:
            break
        below = timeline.decoded(following)

    assert len(seen) == len(set(seen)) == 61
    assert [source for source, _pk in seen].count("changes") == 1


@pytest.mark.parametrize(
    "damaged", ["", "zz", "W10", "é", "WyJ4IiwxLDJd", "WyIyMDI2LTAxLTAxVDAwOjAwOjAwWiIsIngiLDFd"]
)
def test_a_damaged_address_of_the_timeline_shows_its_beginning(damaged: str) -> None:
    assert timeline.decoded(damaged) is None


def test_the_page_shows_facts_people_orders_and_warns(
    owner: Any, signed_in: SignedIn, now: Any, django_assert_max_num_queries: Any
) -> None:
    parent = CustomerFactory(name="Holding", owner=owner)
    customer = CustomerFactory(name="Port", owner=owner, parent=parent, city="Gdynia")
    AffiliationFactory(customer=customer, contact__name="Zoe Now")
    AffiliationFactory(customer=customer, contact__name="Max Gone", to_date=now.date())
    OrderLineFactory(order=OrderFactory(customer=customer, external_id="B-77"))
    client = signed_in(owner)

    page = client.get(f"/customers/{customer.pk}/").content.decode()

    for words in ("Gdynia", "Holding", "Zoe Now", "Max Gone", "B-77", "Only "):
        assert words in page, words
    with django_assert_max_num_queries(36):
        client.get(f"/customers/{customer.pk}/")


def test_an_interaction_is_noted_on_the_page(owner: Any, signed_in: SignedIn) -> None:
    customer = CustomerFactory(owner=owner)
    client, url = signed_in(owner), f"/customers/{customer.pk}/interactions/"
    data = {"channel": "call", "purpose": "wish", "subject": "Samples"}

    part = client.post(url, data, HTTP_HX_REQUEST="true")
    assert part.status_code == 200
    assert "Samples" in part.content.decode()
    wrong = client.post(url, data | {"subject": ""}, HTTP_HX_REQUEST="true")
    assert wrong.status_code == 422

    assert client.post(url, data).status_code == 302
    assert Interaction.objects.count() == 2


def test_the_start_page_tells_an_empty_site_what_to_do(manager: Any, signed_in: SignedIn) -> None:
    page = signed_in(manager).get("/").content.decode()

    assert "Your customer base begins here" in page
    assert "mainstay demo" in page


def test_the_start_page_names_what_needs_attention(
    manager: Any, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    customer = CustomerFactory(owner=None)
    InteractionFactory(customer=customer, purpose="complaint")
    client = signed_in(manager)

    page = client.get("/").content.decode()

    assert "1 customer has no owner." in page
    assert "1 customer complained in the last 30 days." in page
    with django_assert_max_num_queries(14):
        client.get("/")


def test_what_else_a_customer_is_worth_is_asked_for_when_unfolded(
    owner: Any, stranger: Any, signed_in: SignedIn
) -> None:
    customer = buying_customers(20, owner=owner)[0]
    computed_run()
    there = f"/customers/{customer.pk}/worth/"

    page = signed_in(owner).get(f"/customers/{customer.pk}/").text
    part = signed_in(owner).get(there, headers={"hx-request": "true"}).text

    assert f'hx-get="{there}"' in page
    assert "Net lifetime value" in part
    assert "<html" not in part
    assert "Net lifetime value" not in page
    assert "<html" in signed_in(owner).get(there).text
    assert signed_in(stranger).get(there).status_code == 404
