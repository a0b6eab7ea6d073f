"""Gaps, wallets and the growth of markets, and the rates at which other currencies count."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.orders.models import ProductCategory
from mainstay.value.gaps import actions
from tests.factories.customers import CustomerFactory
from tests.factories.orders import ProductFactory
from tests.factories.value import AS_OF, NOW, buy, computed_run
from tests.journeys.looking import assert_clean, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Any], Page]


@pytest.fixture
def buyer(owner: Any) -> Any:
    """Who bought tools for 400.00 and, we heard, buys for 1,000.00 in all."""
    tools = ProductCategory.objects.create(name="Tools")
    product = ProductFactory(category=tools)
    customer = CustomerFactory(name="Buying Ltd", owner=owner, team=owner.team)
    buy(customer, NOW - timedelta(30), 40_000, of=product.source, product=product)
    values = {
        "category": tools,
        "wallet_minor": 100_000,
        "origin": "customer",
        "confidence": "low",
        "known_on": AS_OF,
    }
    actions.note_wallet(by=owner, now=NOW, customer=customer, values=values)
    computed_run()
    return customer


def test_a_wallet_is_noted_and_a_wrong_one_refused(
    buyer: Any, owner: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page, base = signed_in_page(owner), live_server.url + "/value/gaps/"
    for part, name in (("", "gaps"), (f"{buyer.pk}/", "wallet"), ("markets/", "markets")):
        look(page, base + part, name)
    page.goto(base)
    expect(page.locator(".stat").filter(has_text="Current gap")).to_contain_text("€600")

    page.get_by_role("link", name="Buying Ltd").first.click()
    page.locator("[name=category]").select_option(label="Tools")
    page.get_by_label("Bought in a year, from everybody (EUR)").fill("2000")
    page.get_by_label("At least (EUR)").fill("3000")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("The least is more than the estimate itself.")).to_be_visible()
    expect(page.get_by_label("At least (EUR)")).to_have_value("3000")
    assert_clean(page)
    page.get_by_label("At least (EUR)").fill("1500")
    page.get_by_role("button", name="Note it").click()

    expect(page.get_by_text("Noted. The gaps below count with it.")).to_be_visible()
    assert_clean(page)


def test_the_stranger_sees_no_gap(
    buyer: Any, stranger: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(stranger)
    page.goto(live_server.url + "/value/gaps/")

    expect(page.get_by_text("Nobody has noted a wallet yet")).to_be_visible()
    expect(page.get_by_text("Buying Ltd")).to_have_count(0)
    assert_clean(page)


def test_a_market_and_a_rate_are_chosen_not_guessed(
    buyer: Any, manager: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(manager)
    page.goto(live_server.url + "/value/gaps/markets/")
    page.locator("[name=category]").select_option(label="Tools")
    page.get_by_label("Growth in the next 12 months, %").fill("4")
    page.get_by_label("Source").fill("A study")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="4.0%")).to_be_visible()
    assert_clean(page)

    look(page, live_server.url + "/orders/rates/", "rates-empty")
    page.get_by_label("What one unit is worth in EUR").fill("-1")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Give a number above zero")).to_be_visible()
    assert_clean(page)
    page.get_by_label("Currency").select_option("USD")
    page.get_by_label("From").fill("2026-03-01")
    page.get_by_label("What one unit is worth in EUR").fill("0.92")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("cell", name="0.92")).to_be_visible()
    look(page, live_server.url + "/orders/rates/", "rates")
