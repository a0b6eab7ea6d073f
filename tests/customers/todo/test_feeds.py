"""The calendar: for who has the link, the same each time, and nothing once it is revoked."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from mainstay.customers.todo import actions
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db


def events(content: bytes) -> dict[str, Any]:
    found = Calendar.from_ical(content)
    return {str(each["summary"]): each for each in found.walk("VEVENT")}


@pytest.fixture
def link(owner: Any, now: Any) -> str:
    return f"/tasks/calendar/{actions.make_feed(by=owner, now=now)}.ics"


def test_it_shows_the_open_tasks_and_follows_each_change(
    client: Client, owner: Any, colleague: Any, link: str, now: Any, django_assert_num_queries: Any
) -> None:
    customer = CustomerFactory(name="Harbour; Ltd", owner=owner)
    day = {"title": "Śledź, 鱼; call", "customer": customer, "due_date": date(2026, 3, 9)}
    call = actions.add(by=owner, now=now, values=day)
    at_nine = {"title": "Visit", "due_date": date(2026, 7, 1), "due_time": time(9)}
    owner.time_zone = "Europe/Warsaw"
    owner.save()
    actions.add(by=owner, now=now, values=at_nine)
    actions.add(by=owner, now=now, values={"title": "No day"})
    actions.add(by=colleague, now=now, values={"title": "Not mine", "due_date": now.date()})

    with django_assert_num_queries(2):  # the link with its person, the tasks
        first = client.get(link)
    second = client.get(link)

    assert first["Content-Type"].startswith("text/calendar")
    assert first.content == second.content
    found = events(first.content)
    assert set(found) == {"Śledź, 鱼; call", "Visit"}
    assert found["Śledź, 鱼; call"]["dtstart"].dt == date(2026, 3, 9)
    assert found["Visit"]["dtstart"].dt.isoformat() == "2026-07-01T07:00:00+00:00"
    assert str(found["Śledź, 鱼; call"]["description"]) == "Harbour; Ltd"
    assert client.get(link, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304

    actions.change(by=owner, now=now, task=call, values={"title": "Call"})
    changed = events(client.get(link).content)["Call"]
    assert changed["uid"] == found["Śledź, 鱼; call"]["uid"]
    assert changed["sequence"] == 2
    actions.cancel(by=owner, now=now, task=call)
    assert set(events(client.get(link).content)) == {"Visit"}


def test_a_new_link_revokes_the_old_one_and_who_left_has_none(
    client: Client, owner: Any, link: str, now: Any
) -> None:
    fresh = f"/tasks/calendar/{actions.make_feed(by=owner, now=now)}.ics"

    assert client.get(link).status_code == 404
    assert client.get(fresh).status_code == 200
    assert client.post(fresh).status_code == 405
    owner.is_active = False
    owner.save()
    assert client.get(fresh).status_code == 404


def test_the_link_is_shown_once_and_revoked_on_the_page(
    client: Client, owner: Any, signed_in: Callable[[Any], Client]
) -> None:
    mine = signed_in(owner)

    page = mine.post("/tasks/calendar/", {"make": "1"}).content.decode()
    link = page.split('readonly value="')[1].split('"')[0]

    assert client.get(link).status_code == 200
    assert "readonly" not in mine.get("/tasks/calendar/").content.decode()
    mine.post("/tasks/calendar/", {"revoke": "1"})
    assert client.get(link).status_code == 404
