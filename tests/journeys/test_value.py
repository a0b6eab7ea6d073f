"""From the button to the customers behind a figure, as a person does it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.shared.jobs.worker import Pace, Worker
from tests.factories.value import buying_customers
from tests.journeys.looking import DESK, PHONE, assert_clean, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Any], Page]


def test_run_read_and_find_the_customers(
    analyst: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    buying_customers(120)
    page = signed_in_page(analyst)
    page.goto(live_server.url + "/value/")
    expect(page.get_by_text("No value run yet")).to_be_visible()
    page.get_by_label("As of").fill("2026-03-05")

    page.get_by_role("button", name="Start a run").click()
    expect(page.get_by_text("Waiting").first).to_be_visible()
    assert_clean(page)
    Worker(pace=Pace()).drain()
    page.get_by_role("link", name="See the result").click(timeout=20_000)

    expect(page.get_by_text("Customer equity").first).to_be_visible()
    for theme, size in {"light": DESK, "dark": PHONE}.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wish = {"name": "mainstay_theme", "value": theme, "url": live_server.url}
        page.context.add_cookies([wish])  # type: ignore[list-item]
        page.reload()
        expect(page.locator("figure.chart svg, figure.chart canvas").first).to_be_visible()
        assert_clean(page)
        take_picture(page, f"value-{theme}")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]

    page.locator(".stat").filter(has_text="Customer equity").locator("button.explain").click()
    expect(page.locator(".explain-card:popover-open")).to_contain_text("discounted at")
    expect(page.locator(".explain-card:popover-open")).to_contain_text("120 customers")
    assert_clean(page)
    page.keyboard.press("Escape")

    cell = page.locator("a.rfm-cell").first
    count = int(cell.locator("span").inner_text())
    cell.click()
    page.wait_for_url("**/customers/?r=*")
    expect(page.locator("tbody tr")).to_have_count(min(count, 50))
    assert_clean(page)

    page.locator("tbody tr a[href*='/customers/']").first.click()
    expect(page.locator(".customer-value")).to_contain_text("Lifetime value")
    assert_clean(page)
