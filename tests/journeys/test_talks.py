"""A call is noted with its next step, which becomes a task and goes into a calendar."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mainstay.customers.todo.models import Task
from tests.factories.customers import AffiliationFactory, CustomerFactory
from tests.journeys.looking import assert_clean, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_call_leads_to_a_task_in_the_calendar(
    owner: Any, signed_in_page: Callable[[Any], Page], live_server: Any
) -> None:
    customer = CustomerFactory(name="Northwind", owner=owner)
    AffiliationFactory(customer=customer, contact__name="Ada Weaver")
    page, base = signed_in_page(owner), live_server.url
    page.goto(f"{base}/customers/{customer.pk}/")
    page.keyboard.press("n")
    note = page.locator("#quick-note")
    note.get_by_label("Subject").fill("Asked for a price list")
    note.get_by_label("Ada Weaver").check()
    note.get_by_label("Next step").fill("Send the price list")
    note.get_by_label("Until").fill("2030-05-06")
    assert_clean(page)
    note.get_by_role("button", name="Note it").click()
    expect(note.get_by_text("Noted on the timeline.")).to_be_visible()
    expect(page.locator("#timeline").get_by_text("Asked for a price list")).to_be_visible()

    look(page, f"{base}/interactions/customers/{customer.pk}/who/", "talks-who")
    look(page, f"{base}/tasks/", "tasks")
    page.get_by_role("link", name="Send the price list").click()
    assert_clean(page)
    page.goto(f"{base}/tasks/calendar/")
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_label("Your link").input_value()
    assert_clean(page)
    assert "SUMMARY:Send the price list" in page.request.get(link).text()

    page.goto(f"{base}/tasks/")
    page.get_by_role("button", name="Done: Send the price list").click()
    expect(page.get_by_text("Nothing to do")).to_be_visible()
    assert Task.objects.get().done_by == owner
