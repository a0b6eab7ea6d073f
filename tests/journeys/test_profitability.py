"""From the cost of work to a decision about a customer, and who sees what of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import assert_clean, look
from tests.value.profitability.conftest import earning, losing, profit_run

__all__ = ["earning", "losing", "profit_run"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Any], Page]


def test_an_activity_needs_a_driver(
    manager: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(manager)
    page.goto(live_server.url + "/value/profitability/activities/")
    expect(page.get_by_text("No activity yet")).to_be_visible()
    page.get_by_role("link", name="Add an activity").click()
    page.get_by_label("Name").fill("Payment reminders")
    page.get_by_label("Cost per year in EUR").fill("8900")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("A cost needs a driver")).to_be_visible()
    assert_clean(page)

    page.get_by_label("Driver").select_option("own")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("its cost falls on nobody")).to_be_visible()
    assert_clean(page)
    page.get_by_role("link", name="Import quantities").click()
    expect(page.get_by_label("Quantities of activities")).to_be_checked()


def test_from_the_whale_to_a_decision(
    profit_run: Any, owner: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page, base = signed_in_page(owner), live_server.url + "/value/profitability/"
    for part in ("", "matrix/", "worklist/", "activities/", "calculator/"):
        look(page, base + part, f"profitability-{part.strip('/') or 'whale'}")
    page.goto(base)
    expect(page.get_by_text("to the cent")).to_be_visible()

    page.get_by_role("link", name="Renegotiate or part").click()
    expect(page.locator(".stat").filter(has_text="Open")).to_contain_text("1 customer")
    page.get_by_role("link", name="Losing Ltd").click()
    expect(page.get_by_role("rowheader", name="Field visits")).to_be_visible()
    page.get_by_label("State").select_option("declined")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Say why it was declined")).to_be_visible()
    assert_clean(page)
    page.get_by_label("Note").fill("A sister of our largest customer")
    page.get_by_role("button", name="Save").click()

    expect(page.locator(".stat").filter(has_text="Declined")).to_contain_text("1 customer")
    assert_clean(page)


def test_a_customer_in_the_calculator(
    profit_run: Any, losing: Any, owner: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(owner)
    page.goto(f"{live_server.url}/value/profitability/customers/{losing.pk}/")
    assert_clean(page)
    page.get_by_role("link", name="Calculate").click()
    expect(page.get_by_text("Losing Ltd")).to_be_visible()

    page.get_by_label("Retention rate CR, %").fill("100")
    page.get_by_role("button", name="Compute").click()
    expect(page.get_by_role("alert")).to_contain_text("below 100")
    expect(page.get_by_label("Retention rate CR, %")).to_have_value("100")
    assert_clean(page)

    page.get_by_label("Retention rate CR, %").fill("90")
    page.get_by_role("button", name="Compute").click()
    expect(page.get_by_text("10.0 years")).to_be_visible()
    assert_clean(page)


def test_the_colleague_shares_the_worklist_and_the_stranger_finds_it_empty(
    profit_run: Any,
    losing: Any,
    colleague: Any,
    stranger: Any,
    signed_in_page: SignedIn,
    live_server: Any,
) -> None:
    worklist = live_server.url + "/value/profitability/worklist/"
    page = signed_in_page(colleague)
    page.goto(worklist)
    expect(page.get_by_role("link", name="Losing Ltd")).to_be_visible()

    page = signed_in_page(stranger)
    page.goto(worklist)
    expect(page.get_by_text("Nobody loses money")).to_be_visible()
    expect(page.locator(".stat")).to_have_count(0)
    assert_clean(page)
    page.goto(live_server.url + "/value/profitability/matrix/")
    expect(page.get_by_text(re.compile("Losing|Earning"))).to_have_count(0)
    assert_clean(page)
