"""Who recommended us: noted on the page and over the API, seen within one's reach."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mainstay.customers.recommendations import actions, queries
from mainstay.records.models import AuditEvent
from tests.api import ApiClient
from tests.factories.customers import CustomerFactory
from tests.factories.value import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(owner: Any) -> tuple[Any, Any]:
    return tuple(
        CustomerFactory(name=name, owner=owner, team=owner.team) for name in ("Giver", "Newcomer")
    )


def test_a_recommendation_is_noted_changed_and_taken_back(
    pair: tuple[Any, Any], signed_in: Any, owner: Any
) -> None:
    giver, newcomer = pair
    client, page = signed_in(owner), f"/customers/{newcomer.pk}/recommended-by/"

    assert client.post(page, {"given_by": "Giver"}).status_code == 302

    assert queries.known(owner, newcomer) == (giver, [])
    assert queries.known(owner, giver) == (None, [newcomer])
    assert "Giver" in client.get(f"/customers/{newcomer.pk}/").content.decode()
    assert "Came by its recommendation" in client.get(f"/customers/{giver.pk}/").content.decode()
    client.post(page, {"given_by": ""})
    assert queries.known(owner, newcomer) == (None, [])
    events = AuditEvent.objects.filter(verb="customer.recommended").order_by("pk")
    assert [event.new["recommended_by"] for event in events] == ["Giver", ""]


@pytest.mark.parametrize(
    ("name", "words"),
    [("Nobody", "No customer is called"), ("Newcomer", "recommended itself")],
)
def test_a_name_that_does_not_fit_gets_a_sentence(
    pair: tuple[Any, Any], signed_in: Any, owner: Any, name: str, words: str
) -> None:
    answer = signed_in(owner).post(f"/customers/{pair[1].pk}/recommended-by/", {"given_by": name})

    assert words in answer.content.decode()
    assert not queries.pairs().exists()


def test_two_of_one_name_must_be_told_apart(
    pair: tuple[Any, Any], signed_in: Any, owner: Any
) -> None:
    CustomerFactory(name="Giver", owner=owner, team=owner.team)

    answer = signed_in(owner).post(
        f"/customers/{pair[1].pk}/recommended-by/", {"given_by": "Giver"}
    )

    assert "Several customers are called" in answer.content.decode()


def test_the_api_notes_and_tells(pair: tuple[Any, Any], owner: Any, stranger: Any) -> None:
    giver, newcomer = pair
    api, path = ApiClient(owner), f"/customers/{newcomer.pk}/recommendation"

    told = api.post(path, {"given_by_id": giver.pk}, method="put")

    assert told.json() == {
        "customer_id": newcomer.pk,
        "given_by_id": giver.pk,
        "brought_ids": [],
    }
    assert api.get(f"/customers/{giver.pk}/recommendation").json()["brought_ids"] == [newcomer.pk]
    assert api.post(path, {"given_by_id": newcomer.pk}, method="put").status_code == 422
    assert api.post(path, {"given_by_id": 10**9}, method="put").status_code == 422
    assert ApiClient(stranger).get(path).status_code == 404


def test_nobody_recommends_himself(pair: tuple[Any, Any], owner: Any) -> None:
    with pytest.raises(ValidationError):
        actions.note_recommendation(by=owner, now=NOW, customer=pair[0], given_by=pair[0])
