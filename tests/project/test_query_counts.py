"""Every list, the customer's page, the overview and the start page ask a fixed number of questions.

The number is exact: a page that asks more for more rows, or asks the same twice, fails here.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from mainstay.customers.models import Customer, Tag
from mainstay.customers.profiling.models import Question
from tests.factories.customers import AffiliationFactory, CustomerFactory, InteractionFactory
from tests.factories.orders import OrderFactory, OrderLineFactory

SignedIn = Callable[[Any], Client]
# PostgreSQL's planner is asked how many rows hold the words before they are read.
ESTIMATE = 0 if connection.vendor == "sqlite" else 1


@pytest.fixture
def base(manager: Any) -> Customer:
    """Sixty customers with tags, people, orders and conversations: more than a page."""
    tag = Tag.objects.create(name="fair")
    Question.objects.create(text="Who decides?")
    for number in range(60):
        customer = CustomerFactory(name=f"Firma {number:02d}", owner=manager, country="PL")
        customer.tags.add(tag)
    for _turn in range(12):
        AffiliationFactory(customer=customer)
        InteractionFactory(customer=customer)
        OrderLineFactory(order=OrderFactory(customer=customer))
    return customer


@pytest.mark.parametrize(
    ("address", "questions"),
    [
        ("/", 12),
        ("/customers/", 17),
        ("/customers/?sort=-added", 17),
        ("/customers/?country=PL", 17),
        ("/customers/?tag={tag}", 19),
        ("/customers/?tag={tag}&country=PL", 20),
        ("/customers/?q=firma", 18 + ESTIMATE),
        ("/customers/?q=firma&country=PL&tag={tag}", 21 + ESTIMATE),
        ("/customers/contacts/", 8),
        ("/customers/{customer}/", 35),
        ("/customers/{customer}/worth/", 13),
        ("/find/?q=firma", 12 + 3 * ESTIMATE),
        ("/orders/", 7),
        ("/orders/?q=firma", 11 + ESTIMATE),
        ("/orders/products/", 7),
        ("/value/", 5),
        ("/value/runs/", 4),
        ("/jobs/", 4),
        ("/records/", 6),
        ("/people/", 5),
        ("/people/teams/", 4),
        ("/import/", 4),
    ],
)
def test_a_page_asks_a_fixed_number_of_questions(
    base: Customer,
    manager: Any,
    signed_in: SignedIn,
    django_assert_num_queries: Any,
    address: str,
    questions: int,
) -> None:
    client = signed_in(manager)
    url = address.format(tag=Tag.objects.get().pk, customer=base.pk)
    client.get(url)

    with django_assert_num_queries(questions):
        assert client.get(url).status_code == 200
