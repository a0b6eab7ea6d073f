"""From a new selection over candidates and ratings to the chosen key accounts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.account_plans.models import Criterion, KeyAccount, Selection
from mainstay.account_plans.selection import actions
from tests.factories.customers import CustomerFactory
from tests.journeys.looking import assert_clean, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_key_accounts_are_chosen(
    manager: Any, now: Any, signed_in_page: Callable[[Any], Page], live_server: Any
) -> None:
    page = signed_in_page(manager)
    page.goto(live_server.url + "/key-accounts/")
    page.get_by_label("Name").fill("Plan for next year")
    page.get_by_label("Accounts to choose").fill("1")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("The weights add up to")).to_be_visible()
    look(page, page.url, "accounts-criteria")

    selection = Selection.objects.get()
    customers = [CustomerFactory(name=name).pk for name in ("Northwind", "Southwind")]
    actions.add_candidates(by=manager, now=now, selection=selection, customers=customers)
    page.get_by_role("link", name="Candidates").click()
    expect(page.get_by_role("link", name="Southwind")).to_be_visible()
    assert_clean(page)

    page.get_by_role("link", name="Ratings").click()
    for row, value in (("Northwind", "4"), ("Southwind", "9")):
        page.get_by_role("link", name=f"Rate {row}").click()
        for criterion in Criterion.objects.filter(nature="rated"):
            page.get_by_label(criterion.name, exact=True).fill(value)
        page.get_by_role("button", name="Save").click()
    assert_clean(page)

    page.get_by_role("link", name="Ranking").click()
    expect(page.get_by_label("Southwind")).to_be_checked()
    expect(page.get_by_label("Northwind")).not_to_be_checked()
    look(page, page.url, "accounts-ranking")
    page.get_by_role("button", name="Make the chosen ones key accounts").click()
    expect(page.get_by_text("1 new key account.")).to_be_visible()
    assert KeyAccount.objects.get().customer.name == "Southwind"

    page.goto(live_server.url + "/key-accounts/")
    page.get_by_role("link", name="Board").click()
    expect(page.get_by_text("Too little known").last).to_be_visible()
    look(page, page.url, "accounts-board")
    page.get_by_text("factors known").click()
    expect(page.get_by_text("No value run yet; an analyst can start one.").first).to_be_visible()
    assert_clean(page)
