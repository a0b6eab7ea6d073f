"""The start page: what is new among the customers a person sees."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.customers.interactions import Channel
from mainstay.customers.talks.sources import ICONS
from tests.factories.customers import CustomerFactory, InteractionFactory
from tests.factories.orders import OrderFactory

SignedIn = Callable[[Any], Client]
# session, user, company, newest customers, orders, conversations,
# customers without owner, complaints, tasks that are due, mentions
HOME_QUERIES = 12


def test_it_shows_the_latest_orders_and_conversations(owner: Any, signed_in: SignedIn) -> None:
    customer = CustomerFactory(name="Harrow & Sons", owner=owner)
    OrderFactory(customer=customer, external_id="581587")
    InteractionFactory(customer=customer, subject="Wants samples")

    page = signed_in(owner).get("/").content.decode()

    assert "581587" in page
    assert "Harrow &amp; Sons" in page
    assert "Wants samples" in page


def test_a_stranger_sees_nothing_of_it(owner: Any, stranger: Any, signed_in: SignedIn) -> None:
    OrderFactory(customer=CustomerFactory(owner=owner), external_id="581587")

    page = signed_in(stranger).get("/").content.decode()

    assert "581587" not in page
    assert "Your customer base begins here" in page


def test_an_order_without_customer_says_so(manager: Any, signed_in: SignedIn) -> None:
    OrderFactory(customer=None)

    assert "not named" in signed_in(manager).get("/").content.decode()


def test_the_number_of_queries_does_not_grow(
    owner: Any, signed_in: SignedIn, django_assert_num_queries: Any
) -> None:
    customer = CustomerFactory(owner=owner)
    OrderFactory.create_batch(12, customer=customer)
    InteractionFactory.create_batch(12, customer=customer)
    client = signed_in(owner)
    client.get("/")

    with django_assert_num_queries(HOME_QUERIES):
        client.get("/")


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_has_an_icon(channel: str) -> None:
    assert channel in ICONS
