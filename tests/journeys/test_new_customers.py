"""From a channel's first cost to the customers behind it, and a cohort of one's own."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.customers.actions import channel_named
from mainstay.customers.models import Customer
from tests.factories.value import buying_customers, computed_run
from tests.journeys.looking import DESK, PHONE, assert_clean, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Any], Page]
PAGES = (
    "/value/acquisition/",
    "/value/acquisition/channels/",
    "/value/acquisition/channels/add/",
    "/value/acquisition/costs/add/",
    "/value/cohorts/",
    "/value/cohorts/?period=month&measure=margin",
    "/value/cohorts/growth/",
    "/value/cohorts/own/",
)


@pytest.fixture
def base(owner: Any) -> None:
    """120 customers of the owner, all of whom came by the fair, in a computed run."""
    buying_customers(120, owner=owner)
    Customer.objects.update(acquisition_channel=channel_named("Fair"))
    computed_run()


@pytest.mark.usefixtures("base")
def test_enter_a_cost_and_see_what_it_won(
    analyst: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(analyst)
    page.goto(live_server.url + "/value/acquisition/")
    expect(page.get_by_text("cost not known").first).to_be_visible()

    page.get_by_role("link", name="Channels and costs").click()
    page.get_by_role("link", name="Enter a cost").click()
    page.get_by_label("Channel").select_option(label="Fair")
    page.get_by_label("Month").fill("2025-06")
    page.get_by_label("Cost").fill("-5")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".field-errors")).to_contain_text("0")
    assert_clean(page)
    page.get_by_label("Cost").fill("9000")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved the cost of Fair")).to_be_visible()

    page.goto(live_server.url + "/value/acquisition/?months=36")
    expect(page.get_by_text("in months whose cost nobody entered")).to_be_visible()
    page.get_by_role("link", name="Fair").click()
    page.wait_for_url("**/customers/?channel=*")
    expect(page.locator("tbody tr").first).to_be_visible()


@pytest.mark.usefixtures("base")
def test_every_page_is_clean_for_who_may_see_it(
    owner: Any,
    colleague: Any,
    stranger: Any,
    analyst: Any,
    signed_in_page: SignedIn,
    live_server: Any,
) -> None:
    page = signed_in_page(analyst)
    for theme, size in {"light": DESK, "dark": PHONE}.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wish = {"name": "mainstay_theme", "value": theme, "url": live_server.url}
        page.context.add_cookies([wish])  # type: ignore[list-item]
        for address in PAGES:
            page.goto(live_server.url + address)
            assert_clean(page)
            take_picture(page, f"relations{address.replace('/', '-').split('?')[0]}-{theme}")

    for person, seen in ((owner, True), (colleague, True), (stranger, False)):
        page = signed_in_page(person)
        page.goto(live_server.url + "/value/cohorts/")
        page.locator(".cohort-map tbody th a").first.click()
        page.wait_for_url("**/customers/?first_from=*")
        rows = page.locator("tbody tr a[href*='/customers/']")
        expect(rows.first).to_be_visible() if seen else expect(rows).to_have_count(0)


@pytest.mark.usefixtures("base")
def test_own_cohorts_that_overlap_are_refused(
    analyst: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(analyst)
    page.goto(live_server.url + "/value/cohorts/own/")
    for name, first, last in (("Early", "2024-10", "2025-03"), ("Spring", "2025-03", "2025-05")):
        page.get_by_label("Name").fill(name)
        page.get_by_label("First purchase from month").fill(first)
        page.get_by_label("to month").last.fill(last)
        page.get_by_role("button", name="Save").click()

    expect(page.locator(".field-errors")).to_contain_text("overlap")
    assert_clean(page)
    page.get_by_role("link", name="See the map").click()
    expect(page.get_by_role("link", name="Early")).to_be_visible()
    page.get_by_role("link", name="Months", exact=True).click()
    assert_clean(page)
