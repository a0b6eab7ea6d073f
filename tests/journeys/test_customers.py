"""From the list by search to a customer's page, and a conversation noted there."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.customers import actions
from mainstay.customers.models import Interaction
from tests.factories.customers import CustomerFactory
from tests.factories.orders import OrderFactory
from tests.journeys.looking import PHONE, assert_clean, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignedIn = Callable[[Any], Page]


@pytest.fixture
def harbour(owner: Any, now: Any) -> Any:
    """The owner's customer among sixty others: two pages."""
    for number in range(60):
        CustomerFactory(name=f"Firma {number:02d}", owner=owner, country="DE")
    values = {"name": "Łódzki Harbour", "country": "PL", "city": "Łódź"}
    customer = actions.add_customer(by=owner, now=now, values=values)
    actions.add_contact(by=owner, now=now, values={"name": "Zoë Żak"}, customer=customer)
    OrderFactory(customer=customer, external_id="B-77")
    return customer


def test_find_a_customer_and_note_a_call(
    owner: Any, harbour: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(owner)
    page.goto(f"{live_server.url}/customers/")
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(50)
    assert_clean(page)

    page.get_by_label("Search this list").type("lodzki har")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(f"{live_server.url}/customers/?q=lodzki+har")
    page.keyboard.press("Tab")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Łódzki Harbour")
    expect(page.get_by_text("B-77")).to_be_visible()
    expect(page.get_by_text("at least 3 contacts")).to_be_visible()
    assert_clean(page)
    page.locator("#quick-note > summary").click()
    assert_clean(page)
    page.get_by_label("Subject").fill("Wants samples")
    page.get_by_role("button", name="Note it").click()
    expect(page.locator("#timeline").get_by_text("Wants samples")).to_be_visible()
    assert Interaction.objects.get().user == owner

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert_clean(page)
    take_picture(page, "customer-phone")


def test_filter_sort_turn_pages_and_tag(
    owner: Any, harbour: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(owner)
    page.goto(f"{live_server.url}/customers/")
    rows = page.locator("[data-row]")

    page.get_by_role("link", name="Next").click()
    expect(rows).to_have_count(11)
    page.go_back()
    expect(rows).to_have_count(50)

    page.get_by_role("button", name="Filter").click()
    page.locator("#list-filter").get_by_label("Country").select_option("PL")
    expect(rows).to_have_count(1)
    page.keyboard.press("Escape")
    page.get_by_label("Tick Łódzki Harbour").check()
    page.get_by_role("button", name="Tag", exact=True).click()
    assert_clean(page)
    page.get_by_label("Tag to add").fill("spring")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("1 customer changed.")).to_be_visible()
    expect(rows.get_by_text("spring")).to_be_visible()
    expect(page.locator(".chip")).to_have_text("Country: Poland")


def test_add_a_customer_and_read_every_form(
    owner: Any, harbour: Any, signed_in_page: SignedIn, live_server: Any
) -> None:
    page = signed_in_page(owner)
    page.goto(f"{live_server.url}/customers/add/")
    assert_clean(page)
    page.get_by_label("Name", exact=False).first.fill("Neue Werft")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Neue Werft")

    of_customer = [f"customers/{harbour.pk}/{name}" for name in ("edit", "tags")]
    of_customer += [f"customers/{harbour.pk}/{name}/add" for name in ("addresses", "contacts")]
    for path in (*of_customer, f"interactions/add/{harbour.pk}"):
        page.goto(f"{live_server.url}/{path}/")
        assert_clean(page)
