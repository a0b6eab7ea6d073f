"""A request for erasure, from the person's page to what was erased."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.customers.models import Customer
from mainstay.customers.privacy import actions
from mainstay.customers.privacy.models import Case
from tests.factories.customers import CustomerFactory, InteractionFactory
from tests.journeys.looking import assert_clean, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_person_is_erased(
    manager: Any, now: Any, signed_in_page: Callable[[Any], Page], live_server: Any
) -> None:
    person = CustomerFactory(name="Ada Weaver", kind="person")
    InteractionFactory(customer=person)
    page = signed_in_page(manager)
    look(page, f"{live_server.url}/privacy/customer/{person.pk}/", "privacy-person")
    page.get_by_label("What is asked").select_option("erasure")
    page.get_by_role("button", name="Open a case").click()
    look(page, page.url, "privacy-case")
    page.get_by_label("How do you know that it is the person?").fill("Showed a passport")
    page.get_by_role("button", name="Identity is checked").click()
    page.get_by_role("button", name="Erase the person").click()
    page.get_by_role("dialog").get_by_role("button", name="Go ahead").click()
    expect(page.get_by_role("progressbar").or_(page.get_by_text("waits"))).to_be_visible()
    assert_clean(page)

    actions.erase(case=Case.objects.get(), now=now)  # what the worker does
    page.reload()
    expect(page.get_by_role("heading", name="What was erased")).to_be_visible()
    expect(page.get_by_text("Ada Weaver")).to_have_count(0)
    look(page, page.url, "privacy-erased")
    assert not Customer.objects.filter(name="Ada Weaver").exists()
