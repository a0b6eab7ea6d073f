"""The shell in a real browser: accessible, calm console, usable by keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.people import PASSWORD
from tests.journeys.looking import DESK, PHONE, assert_clean, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignedIn = Callable[[Any], Page]


@pytest.fixture
def styleguide(administrator: Any, signed_in_page: SignedIn, live_server: Any) -> Page:
    page = signed_in_page(administrator)
    page.goto(f"{live_server.url}/styleguide/")
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_component_is_accessible(
    styleguide: Page, live_server: Any, theme: str, size: dict[str, int]
) -> None:
    page = styleguide
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.context.add_cookies([{"name": "mainstay_theme", "value": theme, "url": live_server.url}])
    page.reload()

    expect(page.locator("[data-drawn=yes]")).to_have_count(4)
    assert_clean(page)
    take_picture(page, f"styleguide-{theme}-{size['width']}")


def test_a_person_signs_in_and_out(page: Page, administrator: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/styleguide/")
    assert_clean(page)
    take_picture(page, "sign-in")
    page.get_by_label("Email").fill(administrator.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Styleguide")).to_be_visible()

    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_palette_is_used_by_keyboard_alone(styleguide: Page) -> None:
    page = styleguide
    page.keyboard.press("Control+k")
    search = page.get_by_role("combobox", name="Search")
    expect(search).to_be_focused()
    expect(page.locator(".palette-hit").first).to_have_attribute("aria-selected", "true")
    assert_clean(page)
    take_picture(page, "palette")

    search.fill("users")
    expect(page.locator(".palette-hit")).to_have_count(1)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("sers")


def test_the_palette_closes_and_gives_the_focus_back(styleguide: Page) -> None:
    page = styleguide
    opener = page.get_by_role("button", name="Search or jump to…")
    opener.focus()
    page.keyboard.press("/")
    expect(page.locator("#palette")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator("#palette")).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_theme_is_switched_and_remembered(styleguide: Page) -> None:
    page = styleguide
    page.get_by_role("button", name="Theme").click()
    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")

    page.reload()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_system_s_theme_is_followed(styleguide: Page) -> None:
    page = styleguide
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")

    page.emulate_media(color_scheme="dark")

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_language_is_switched_in_place(styleguide: Page) -> None:
    page = styleguide
    page.get_by_role("button", name="Language").click()
    page.get_by_role("button", name="Polski").click()

    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page).to_have_url(re.compile("/styleguide/$"))


def test_the_navigation_is_a_drawer_on_a_phone(styleguide: Page) -> None:
    page = styleguide
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    opener = page.get_by_role("button", name="Open the navigation")
    opener.click()
    expect(page.locator("#sidebar .brand")).to_be_focused()
    assert_clean(page)
    take_picture(page, "drawer")

    page.keyboard.press("Escape")

    expect(opener).to_be_focused()
    expect(page.locator("#sidebar")).to_be_hidden()


def test_a_number_explains_itself(styleguide: Page) -> None:
    page = styleguide
    page.get_by_role("button", name="€4.12m").press("Enter")
    card = page.locator(".explain-card:popover-open")

    expect(card).to_contain_text("BG/NBD")
    assert_clean(page)
    take_picture(page, "explain")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_a_chart_shows_its_table(styleguide: Page) -> None:
    page = styleguide
    chart = page.locator("[data-chart]", has_text="Who brings the revenue")

    chart.get_by_role("button", name="Table").click()

    expect(chart.get_by_role("row")).to_have_count(7)
    expect(chart.locator("[data-chart-canvas]")).to_be_hidden()


def test_a_mark_with_an_address_is_followed(styleguide: Page) -> None:
    page = styleguide
    chart = page.locator("[data-chart]", has_text="Recency and frequency")
    expect(chart).to_have_attribute("data-drawn", "yes")

    chart.locator("svg path[aria-label], svg .mark-rect path").first.click()

    page.wait_for_url("**/styleguide/#grid")


def test_a_grave_deed_asks_first(styleguide: Page) -> None:
    page = styleguide
    page.get_by_role("button", name="Remove").click()
    question = page.locator("#question")
    expect(question).to_contain_text("Remove Harrow & Sons")
    assert_clean(page)

    question.get_by_role("button", name="Cancel").click()

    expect(question).to_be_hidden()
