"""Moving a lever while watching the figures, and keeping what one found."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.profitability import ActivityFactory, costed
from tests.factories.value import buying_customers, computed_run
from tests.journeys.looking import DESK, PHONE, assert_clean, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_lever_is_moved_and_kept(
    analyst: Any, signed_in_page: Callable[[Any], Page], live_server: Any
) -> None:
    buying_customers(120)
    ActivityFactory(name="Picking", driver="orders", yearly_cost_minor=800_000)
    costed()
    computed_run()
    page = signed_in_page(analyst)
    page.goto(live_server.url + "/value/what-if/")
    expect(page.get_by_role("columnheader", name="Today")).to_be_visible()
    assert_clean(page)

    page.get_by_label("Picking (EUR)").fill("4000")

    expect(page.get_by_role("columnheader", name="These levers")).to_be_visible()
    expect(page.locator(".what-if-green").first).to_contain_text("+")
    page.get_by_label("Name").fill("Half the picking")
    page.get_by_role("button", name="Keep as a scenario").click()
    expect(page.get_by_text("“Half the picking” is kept.")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Half the picking")).to_be_visible()
    for theme, size in {"light": DESK, "dark": PHONE}.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wish = {"name": "mainstay_theme", "value": theme, "url": live_server.url}
        page.context.add_cookies([wish])  # type: ignore[list-item]
        page.reload()
        assert_clean(page)
        take_picture(page, f"what-if-{theme}")
