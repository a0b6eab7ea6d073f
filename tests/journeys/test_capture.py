"""A form is built, a visitor fills it in, the contact becomes a customer."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.customers.capture import rules
from mainstay.customers.capture.models import Touchpoint
from tests.journeys.looking import assert_clean, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Any], Page]


def test_a_form_is_built_filled_in_and_its_contact_accepted(
    manager: Any, signed_in_page: SignedIn, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "LEAST_SECONDS", 0)
    page, base = signed_in_page(manager), live_server.url + "/capture/"
    page.goto(base)
    page.get_by_role("link", name="Build a form").first.click()
    page.get_by_label("Name", exact=True).fill("Guide")
    page.get_by_label("Heading").fill("Get our packing guide")
    page.get_by_label("Text shown afterwards").fill("It is on its way.")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Field", exact=True).select_option(label="Organisation")
    page.get_by_role("button", name="Add the field").click()
    expect(page.get_by_role("button", name="Move Organisation up")).to_be_visible()
    look(page, page.url, "capture_form")

    token = Touchpoint.objects.get().token
    page.goto(f"{live_server.url}/c/{token}/")
    assert_clean(page)
    page.get_by_label("Full name").fill("Anna Nowak")
    page.get_by_label("E-mail").fill("anna@firma.pl")
    page.get_by_label("Organisation").fill("Firma")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("It is on its way.")).to_be_visible()
    assert_clean(page)
    assert Touchpoint.objects.get().views == 1

    page.goto(base + "inbox/")
    page.get_by_role("link", name="Anna Nowak").click()
    assert_clean(page)
    page.get_by_role("button", name="Add as a new customer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Firma")
