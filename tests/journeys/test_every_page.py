"""Every page of the navigation, empty and filled: accessible, and no wider than the screen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from mainstay.customers.todo.models import Task
from mainstay.shared import navigation
from tests.factories.customers import AffiliationFactory, CustomerFactory, InteractionFactory
from tests.factories.orders import OrderFactory, OrderLineFactory
from tests.journeys.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignedIn = Callable[[Any], Page]


@pytest.fixture
def some_content(administrator: Any) -> None:
    """A long name, a foreign script and a return: what breaks a narrow page first."""
    long_name = "Przedsiębiorstwo Produkcyjno-Handlowe " + "Łódź" * 8
    for name in (long_name, "上海明达印刷有限公司", "ООО «Северный путь»"):
        customer = CustomerFactory(name=name, owner=administrator)
        InteractionFactory(customer=customer, subject="Wants samples before Easter")
        AffiliationFactory(customer=customer)
        Task.objects.create(title=f"Call {name}", customer=customer, assignee=administrator)
        OrderLineFactory(order=OrderFactory(customer=customer))
        OrderFactory(customer=customer, is_return=True, amount_minor=-123_456)


def look_at_every_page(page: Page, live_server: Any, name: str) -> None:
    for key, entry in sorted(navigation._entries.items()):
        look(page, live_server.url + reverse(entry.url_name), f"{name}-{key}")


def test_empty_pages(administrator: Any, signed_in_page: SignedIn, live_server: Any) -> None:
    look_at_every_page(signed_in_page(administrator), live_server, "empty")


@pytest.mark.usefixtures("some_content")
def test_pages_with_content(administrator: Any, signed_in_page: SignedIn, live_server: Any) -> None:
    look_at_every_page(signed_in_page(administrator), live_server, "full")
