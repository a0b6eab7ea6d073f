"""The funnel of the stages, and a stage that a person sets against the facts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.customers.lifecycle.models import Standing
from tests.factories.customers import CustomerFactory
from tests.journeys.looking import assert_clean, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_stage_is_set_by_hand(
    manager: Any, signed_in_page: Callable[[Any], Page], live_server: Any
) -> None:
    customer = CustomerFactory(name="Northwind")
    page, base = signed_in_page(manager), live_server.url + "/customers/lifecycle/"
    page.goto(f"{base}{customer.pk}/")
    page.get_by_label("Stage").select_option("partner")
    page.get_by_label("Why").fill("They print for us and we for them")
    page.get_by_role("button", name="Set the stage").click()

    expect(page.get_by_text("They print for us and we for them").first).to_be_visible()
    assert Standing.objects.get().stage == "partner"
    page.goto(f"{base}{customer.pk}/")
    expect(page.get_by_role("heading", name="Set by hand")).to_be_visible()
    look(page, page.url, "lifecycle-set")
    page.get_by_role("button", name="Let the facts decide").click()
    expect(page.get_by_role("heading", name="Set by hand")).to_have_count(0)
    assert_clean(page)
