"""Complaints: open until somebody settles them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mainstay.customers.talks import actions, queries
from mainstay.records.queries import history_of
from tests.api import ApiClient
from tests.factories.customers import InteractionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(owner: Any) -> Any:
    return InteractionFactory(customer__owner=owner, purpose="complaint", user=owner)


def test_a_complaint_is_open_until_it_is_settled(owner: Any, now: Any, complaint: Any) -> None:
    talk = InteractionFactory(customer=complaint.customer, purpose="talk")
    seen = queries.visible_to(owner)

    actions.settle(by=owner, now=now, interaction=complaint)

    assert not queries.of_complaint(seen, "open").exists()
    assert list(queries.of_complaint(seen, "settled")) == [complaint]
    actions.settle(by=owner, now=now, interaction=complaint, settled=False)
    assert list(queries.of_complaint(seen, "open")) == [complaint]
    with pytest.raises(ValidationError, match="Only a complaint"):
        actions.settle(by=owner, now=now, interaction=talk)
    verbs = {event.verb for event in history_of(complaint)}
    assert verbs == {"interaction.reopened", "interaction.settled"}


def test_it_is_settled_on_its_page_and_over_the_api(
    owner: Any, signed_in: Any, complaint: Any
) -> None:
    page, client = reverse("talks:page", args=[complaint.pk]), signed_in(owner)
    api = ApiClient(owner)
    assert "Open complaint" in client.get(page).content.decode()

    client.post(reverse("talks:settle", args=[complaint.pk]))

    assert "Complaint settled" in client.get(page).content.decode()
    assert api.get("/interactions", complaint="open").json()["items"] == []
    changed = api.patch(f"/interactions/{complaint.pk}", {"settled": False}).json()
    assert changed["settled_at"] is None
    listed = client.get(reverse("talks:list"), {"complaint": "open"}).content.decode()
    assert complaint.subject in listed
    client.post(reverse("talks:settle", args=[complaint.pk]))
    client.post(reverse("talks:reopen", args=[complaint.pk]))
    complaint.refresh_from_db()
    assert complaint.settled_at is None
