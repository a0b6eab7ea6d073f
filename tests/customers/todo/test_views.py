from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mainstay.customers.todo import actions
from mainstay.customers.todo.models import Task
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


def test_my_tasks_stand_under_headings_and_on_the_start_page(
    owner: Any, signed_in: SignedIn, now: Any, clock: Any
) -> None:
    CustomerFactory(owner=owner)
    for title, days in (("Late", -1), ("Now", 0), ("Soon", 3), ("Far", 30)):
        values = {"title": title, "due_date": now.date() + timedelta(days=days)}
        actions.add(by=owner, now=now, values=values)
    client = signed_in(owner)

    page = client.get("/tasks/").content.decode()

    places = [page.index(text) for text in ("Overdue", "Late", "Today", "Now", "Soon", "Far")]
    assert places == sorted(places)
    home = client.get("/").content.decode()
    assert "1 task is overdue." in home
    assert "1 task is due today." in home


def test_a_task_is_added_from_the_customer_ticked_off_and_opened_again(
    owner: Any, stranger: Any, signed_in: SignedIn
) -> None:
    customer = CustomerFactory(owner=owner)
    client = signed_in(owner)
    data = {"title": "Send samples", "due_date": "2026-03-09", "priority": "1"}

    client.post(f"/tasks/add/?customer={customer.pk}", data | {"assignee": owner.pk})

    task = Task.objects.get()
    assert "Send samples" in client.get(f"/customers/{customer.pk}/").content.decode()
    assert signed_in(stranger).get(f"/tasks/{task.pk}/").status_code == 404
    elsewhere = client.post(f"/tasks/{task.pk}/finish/", {"next": "https://example.com/"})
    assert elsewhere["Location"] == "/tasks/"
    client.post(f"/tasks/{task.pk}/reopen/")
    task.refresh_from_db()
    assert task.state == "open"


def test_a_second_editor_sees_what_stands_there_now(
    owner: Any, signed_in: SignedIn, now: Any
) -> None:
    task = actions.add(by=owner, now=now, values={"title": "Call"})
    actions.change(by=owner, now=now, task=task, values={"title": "Call Ada"})

    page = signed_in(owner).post(
        f"/tasks/{task.pk}/", {"title": "Call Ben", "priority": "5", "version": "1"}
    )

    assert "Call Ada" in page.content.decode()
    assert Task.objects.get().title == "Call Ada"
