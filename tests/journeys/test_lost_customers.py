"""From the rule to the reason noted and the investment weighed, as people do it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.orders.models import Contract
from tests.factories.value import AS_OF, buying_customers, computed_run
from tests.journeys.looking import DESK, PHONE, assert_clean, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Any], Page]
PAGES = ("", "retention/", "retention/add/", "renewals/", "reasons/", "rule/")


@pytest.fixture
def base(owner: Any) -> Any:
    """Return a run over the owner's customers, some with contracts, some of whom left."""
    customers = buying_customers(120, owner=owner)
    Contract.objects.bulk_create(
        Contract(
            customer=customer,
            starts=AS_OF - timedelta(500 + place),
            ends=AS_OF - timedelta(60) if place % 4 == 0 else AS_OF + timedelta(90),
            yearly_minor=100_000 + 1_000 * (place % 7),
        )
        for place, customer in enumerate(customers[:50])
    )
    return computed_run()


@pytest.mark.usefixtures("base")
def test_every_page_is_clean_in_both_themes(
    administrator: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(administrator)
    for theme, size in {"light": DESK, "dark": PHONE}.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wish = {"name": "mainstay_theme", "value": theme, "url": live_server.url}
        page.context.add_cookies([wish])  # type: ignore[list-item]
        for name in PAGES:
            page.goto(f"{live_server.url}/value/churn/{name}")
            assert_clean(page)
            take_picture(page, f"churn-{name.replace('/', '-')}{theme}")


@pytest.mark.usefixtures("base")
def test_a_loss_is_found_noted_and_counted(
    owner: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(owner)
    page.goto(live_server.url + "/value/churn/")
    largest = page.locator("table", has=page.get_by_text("Lost on")).locator("tbody tr").first
    name = largest.locator("th").inner_text()
    largest.get_by_role("link").click()

    page.get_by_label("Why the customer left").select_option(label="Won by a competitor")
    page.get_by_label("What was said").fill("Cheaper by a tenth.")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Cheaper by a tenth.")).to_be_visible()
    assert_clean(page)

    page.goto(live_server.url + "/value/churn/")
    page.get_by_role("link", name="Won by a competitor").click()
    page.wait_for_url("**/customers/?*loss_reason=competition*")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text(name)
    page.locator("tbody tr a[href*='/customers/']").first.click()
    page.get_by_text("More on its worth").click()
    expect(page.get_by_text("Reason noted: Won by a competitor")).to_be_visible()
    assert_clean(page)


@pytest.mark.usefixtures("base")
def test_an_investment_is_weighed(
    administrator: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(administrator)
    page.goto(live_server.url + "/value/churn/retention/")
    page.get_by_role("link", name="Weigh an investment").click()
    page.get_by_label("Name").fill("Two calls a year")
    page.get_by_label("Cost once").fill("100")
    page.get_by_label("Cost a year").fill("0")
    for end, points in {"at least": "3", "expected": "2", "at most": "4"}.items():
        page.get_by_label(f"Points of retention gained, {end}").fill(points)
    page.get_by_role("button", name="Save and weigh").click()
    expect(page.get_by_text("must lie between the least and the most")).to_be_visible()

    page.get_by_label("Points of retention gained, at least").fill("1")
    page.get_by_role("button", name="Save and weigh").click()

    expect(page.get_by_text("Net value")).to_be_visible()
    expect(page.get_by_text("points of retention", exact=False).first).to_be_visible()
    assert_clean(page)


@pytest.mark.usefixtures("base")
def test_colleagues_and_strangers_see_only_what_is_theirs(
    colleague: Any, stranger: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(colleague)
    page.goto(live_server.url + "/value/churn/")
    expect(page.get_by_text("Largest losses, not back yet")).to_be_visible()
    expect(page.get_by_role("link", name="Change it")).to_have_count(0)
    losses = page.locator("table", has=page.get_by_text("Lost on")).locator("tbody tr")
    assert losses.count() > 0

    page.context.clear_cookies()
    page = signed_in_page(stranger)
    page.goto(live_server.url + "/value/churn/")
    expect(page.get_by_text("Nobody who is yours to see was lost")).to_be_visible()
    assert_clean(page)
