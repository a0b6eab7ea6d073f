from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.customers.models import Interaction
from mainstay.customers.todo.models import Task
from tests.factories.customers import AffiliationFactory, CustomerFactory, InteractionFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


def test_a_call_is_logged_with_people_and_a_next_step(
    owner: Any, colleague: Any, signed_in: SignedIn
) -> None:
    place = AffiliationFactory(customer__owner=owner, customer__team=owner.team)
    data = {
        "channel": "call",
        "purpose": "talk",
        "subject": "Samples",
        "contacts": [place.contact_id],
        "colleagues": [colleague.pk],
        "minutes": 12,
        "direction": "out",
        "outcome": "agreed",
        "body": "@Carl Colleague sends **two** sizes",
        "next_step": "Call again",
        "next_day": "2026-03-12",
    }

    signed_in(owner).post(f"/interactions/add/{place.customer_id}/", data)

    row, task = Interaction.objects.get(), Task.objects.get()
    page = signed_in(colleague).get(f"/interactions/{row.pk}/").content.decode()
    for words in ("Samples", "<strong>two</strong>", str(place.contact), "Agreed", "Call again"):
        assert words in page, words
    assert (task.assignee, task.customer, task.interaction) == (owner, place.customer, row)
    home = signed_in(colleague).get("/").content.decode()
    assert "Olga Owner named you in a conversation." in home
    signed_in(colleague).post("/interactions/for-you/")
    assert "named you" not in signed_in(colleague).get("/").content.decode()


def test_a_stranger_finds_nothing(owner: Any, stranger: Any, signed_in: SignedIn) -> None:
    row = InteractionFactory(customer__owner=owner, subject="Secret terms")
    client = signed_in(stranger)

    for path in ("", "edit/", "archive/", "restore/", "files/"):
        answer = (
            client.post(f"/interactions/{row.pk}/{path}")
            if path
            else client.get(f"/interactions/{row.pk}/")
        )
        assert answer.status_code == 404, path
    assert "Secret terms" not in client.get("/interactions/").content.decode()


def test_it_is_put_away_and_brought_back(owner: Any, signed_in: SignedIn) -> None:
    row = InteractionFactory(customer__owner=owner)
    client = signed_in(owner)

    client.post(f"/interactions/{row.pk}/archive/")
    assert "Spring prices" not in client.get("/interactions/").content.decode()
    client.post(f"/interactions/{row.pk}/restore/")
    assert "Spring prices" in client.get("/interactions/").content.decode()


def test_the_list_narrows_exports_and_archives(manager: Any, signed_in: SignedIn) -> None:
    mine = InteractionFactory(subject="Mine", user=manager, channel="visit")
    InteractionFactory(subject="Other", customer=CustomerFactory(name="Gdynia Ltd"))
    client = signed_in(manager)

    shown = client.get(f"/interactions/?user={manager.pk}&channel=visit").content.decode()
    assert "Mine" in shown
    assert "Other" not in shown
    assert "Other" in client.get("/interactions/?q=gdynia").content.decode()
    file = b"".join(client.post("/interactions/", {"export": "csv"}).streaming_content).decode()
    assert "Mine" in file
    client.post("/interactions/", {"action": "archive", "value-archive": "yes", "row": [mine.pk]})
    mine.refresh_from_db()
    assert mine.archived_at


def test_the_contact_has_a_timeline_that_can_be_narrowed(owner: Any, signed_in: SignedIn) -> None:
    place = AffiliationFactory(customer__owner=owner)
    InteractionFactory(
        customer=place.customer, contact=place.contact, subject="A visit", channel="visit"
    )
    client = signed_in(owner)

    assert "A visit" in client.get(f"/customers/contacts/{place.contact_id}/").content.decode()
    part = f"/interactions/contacts/{place.contact_id}/timeline/?channel="
    assert "A visit" in client.get(f"{part}visit").content.decode()
    assert "Nothing fits" in client.get(f"{part}call").content.decode()
