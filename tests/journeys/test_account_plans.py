"""A key account through its stages: relationship, buying centre, certainty, actions, plan."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.shared import paper
from tests.account_plans.planning import certain, people, rl
from tests.account_plans.workspace.worlds import key_account
from tests.journeys.looking import assert_clean, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def account(manager: Any) -> Any:
    """RL with the lecture's three people, beside another account to compare with."""
    key_account(manager, "G")
    found = rl(manager)
    people(found)
    return found


@pytest.fixture
def there(account: Any, live_server: Any) -> str:
    return f"{live_server.url}/key-accounts/{account.pk}"


def test_a_relationship_is_rated_on_both_sides(
    manager: Any, there: str, signed_in_page: Callable[[Any], Page]
) -> None:
    page = signed_in_page(manager)
    page.goto(f"{there}/relationship/")
    page.get_by_role("link", name="Rate", exact=True).click()
    page.get_by_role("group", name="Trust").get_by_label("5 · high").check()
    assert_clean(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Judge the points").click()
    for point in ("Horizon", "Focus of our effort", "Kind of bond", "Idea behind prices"):
        page.get_by_role("group", name=point).get_by_label("5 · ").check()
    page.get_by_role("group", name="Investment it takes").get_by_label("4").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("5 points lean to relational")).to_be_visible()

    page.get_by_role("link", name="Ask the customer").click()
    page.get_by_label("Person").select_option("President")
    page.get_by_role("button", name="Make the link").click()
    page.goto(page.get_by_label("Link for President").input_value())
    page.get_by_role("group", name="How far do you trust").get_by_label("2", exact=True).check()
    assert_clean(page)
    page.get_by_role("button", name="Send").click()

    page.goto(f"{there}/relationship/")
    page.get_by_label("Level now").select_option("Reactive")
    page.get_by_label("Level wanted").select_option("Partnership")
    page.get_by_label("Why").fill("Their plant grows.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("+3.0")).to_be_visible()
    look(page, page.url, "account-relationship")


def test_a_buying_centre_is_put_together(
    manager: Any, there: str, signed_in_page: Callable[[Any], Page]
) -> None:
    page = signed_in_page(manager)
    page.goto(f"{there}/buying-centre/")
    for name, role in (("President", "Decider"), ("Purchasing manager", "Buyer")):
        page.get_by_role("link", name="Add a person").first.click()
        page.get_by_label("Person", exact=True).select_option(name)
        page.get_by_label(role, exact=True).check()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("What is missing")).to_be_visible()

    page.get_by_role("button", name="Reports to").focus()
    page.keyboard.press("Enter")
    for name in ("Purchasing manager", "President"):
        page.locator(f"a[aria-label^='{name}']").focus()
        page.keyboard.press("Enter")
    expect(page.get_by_text("reports to President")).to_be_visible()
    page.locator("a[aria-label^='President']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status").filter(has_text="Kept.")).to_be_visible()
    with page.expect_download() as picture:
        page.get_by_role("link", name="SVG").click()
    assert picture.value.suggested_filename.endswith(".svg")
    look(page, page.url, "account-buying-centre")


def test_a_key_account_is_planned_for(
    manager: Any, account: Any, there: str, signed_in_page: Callable[[Any], Page]
) -> None:
    if not list(paper.FONTS.glob("*.ttf")):
        pytest.skip("the fonts for paper are not built here: make assets")
    certain(account)
    page = signed_in_page(manager)
    page.goto(f"{there}/certainty/")
    page.get_by_role("link", name="Service A: Need").click()
    page.get_by_label("Now").select_option("Low")
    page.get_by_label("What it is judged by").fill("They asked us twice what they need.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Raise the certainty of need")).to_be_visible()
    look(page, page.url, "account-certainty")

    page.get_by_role("link", name="Actions", exact=True).click()
    page.get_by_role("button", name="Propose lines for 3 people").click()
    page.get_by_role("link", name="Action President").click()
    page.get_by_label("What is to be done").fill("Invite to the works")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Done: Invite to the works").click()
    expect(page.get_by_text("1 of 1 action done")).to_be_visible()
    look(page, page.url, "account-actions")

    page.get_by_role("link", name="Our team").click()
    page.get_by_role("link", name="Add somebody of ours").click()
    page.get_by_label("Who", exact=True).select_option(manager.name)
    page.get_by_label("Role for the account").fill("Key account manager")
    page.get_by_label("leads the team").check()
    page.get_by_role("button", name="Save").click()
    assert_clean(page)

    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_role("link", name="Sentence : Goals and tasks").click()
    page.get_by_label("In your words").fill("Win the tender in spring.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Up to six are read")).to_be_visible()
    look(page, page.url, "account-plan")
    page.get_by_role("button", name="Put forward for approval").click()
    expect(page.get_by_text("Somebody else than who put it forward decides")).to_be_visible()
