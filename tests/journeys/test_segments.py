"""Putting a segment together while its size is shown, and keeping it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.customers.segments import actions
from mainstay.customers.segments.models import Segment
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory
from tests.journeys.looking import DESK, PHONE, assert_clean, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_segment_is_built_and_kept(
    manager: Any, signed_in_page: Callable[[Any], Page], live_server: Any
) -> None:
    CustomerFactory(name="Anna")
    CustomerFactory(name="Bert", country="DE")
    page = signed_in_page(manager)
    page.goto(live_server.url + "/segments/new/")
    size = page.locator(".segment-size")

    page.get_by_label("What to ask").select_option("customer.country")
    page.get_by_label("Choices").select_option("PL")
    expect(size).to_contain_text("1 customer")
    page.locator("button[value='add:']").click()
    expect(page.get_by_label("What to ask")).to_have_count(2)
    page.get_by_label("What to ask").last.select_option("contacts.complaint")
    expect(page.get_by_label("How to ask it")).to_have_count(2)
    page.get_by_label("How to ask it").last.select_option("none")
    expect(page.locator(".segment-said")).to_contain_text("no complaint ever")
    page.get_by_label("in the last").fill("90")
    expect(page.locator(".segment-said")).to_have_text(
        "Country Poland, no complaint in the last 90 days"
    )
    assert_clean(page)
    page.locator("button[value='add:']").click()
    expect(page.get_by_label("What to ask")).to_have_count(3)
    page.get_by_role("button", name="Remove 3").click()
    expect(page.get_by_label("What to ask")).to_have_count(2)

    page.get_by_label("Name").fill("Calm Poles")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Calm Poles")).to_be_visible()
    for days in (20, 10, 0):
        actions.recount(segment=Segment.objects.get(), now=NOW - timedelta(days=days))
    for theme, viewport in {"light": DESK, "dark": PHONE}.items():
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        wish = {"name": "mainstay_theme", "value": theme, "url": live_server.url}
        page.context.add_cookies([wish])  # type: ignore[list-item]
        page.reload()
        assert_clean(page)
        take_picture(page, f"segment-{theme}")
    page.goto(live_server.url + "/segments/")
    assert_clean(page)
