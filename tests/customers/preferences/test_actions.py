"""Preferences: asked of the customer, kept with source and date, minded when somebody calls."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from mainstay.customers.preferences import actions, presenters, queries
from mainstay.customers.preferences.rules import Touches, choices, too_soon
from tests.factories.customers import AffiliationFactory, CustomerFactory, InteractionFactory
from tests.factories.orders import OrderFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


@pytest.fixture
def place(owner: Any) -> Any:
    return AffiliationFactory(
        customer__owner=owner,
        customer__team=owner.team,
        contact__name="Ada",
        contact__language="pl",
    )


@pytest.mark.parametrize(
    ("rhythm", "days", "soon"),
    [
        ("month", 29, True),
        ("month", 30, False),
        ("never", None, True),
        ("", 0, False),
        ("week", None, False),
    ],
)
def test_another_contact_may_be_too_soon(rhythm: str, days: int | None, soon: bool) -> None:
    assert too_soon(rhythm, Touches(3, days)) == soon


def test_choices_are_told_once_each() -> None:
    assert choices(" Prices, new  goods,Prices\n,") == ["Prices", "new goods"]


def test_an_answer_replaces_the_one_before_and_keeps_where_it_came_from(
    owner: Any, place: Any, now: Any, read_only: Any
) -> None:
    ada = place.contact
    first = {"channel": "email", "wanted": "Prices, Fairs"}
    assert actions.note(by=owner, now=now, about=ada, values=first) == 2
    assert actions.note(by=owner, now=now, about=ada, values=first) == 0

    token = actions.ask(by=owner, now=now, about=ada)
    later = now + timedelta(days=1)
    actions.say(now=later, token=token, values={"channel": "call", "wanted": ["Fairs"]})

    held = queries.answers(ada)
    assert {name: (row.value, row.origin) for name, row in held.items()} == {
        "channel": ("call", "link"),
        "wanted": ("Fairs", "link"),
    }
    assert [row.replaced_at for row in queries.history(ada)].count(later) == 2
    with pytest.raises(PermissionDenied):
        actions.note(by=read_only, now=now, about=ada, values=first)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"channel": "telex"}, "channel"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"wanted": ["x" * 81]}, "wanted"),
        ({"likes": "a\x00b"}, "value"),
    ],
)
def test_what_does_not_fit_is_refused(
    owner: Any, place: Any, now: Any, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.note(by=owner, now=now, about=place.contact, values=values)

    assert field in refusal.value.error_dict


def test_the_public_page_asks_in_their_language_and_only_sending_writes(
    client: Client, owner: Any, stranger: Any, place: Any, signed_in: SignedIn, clock: Any
) -> None:
    url = f"/preferences/contacts/{place.contact_id}/"
    page = signed_in(owner).post(url, {"ask": "1"}).content.decode()
    link = page.split('readonly value="')[1].split('"')[0]

    shown = client.get(link)
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    assert queries.answers(place.contact) == {}
    assert client.post(link, {"channel": "email", "rhythm": "month"}).status_code == 200
    assert queries.answers(place.contact)["rhythm"].value == "month"
    assert signed_in(stranger).get(url).status_code == 404
    kept = queries.links(place.contact, timezone.now()).get()
    assert signed_in(stranger).post(f"/preferences/links/{kept.pk}/revoke/").status_code == 404
    signed_in(owner).post(f"/preferences/links/{kept.pk}/revoke/")
    assert client.get(link).status_code == 404
    assert client.post(link, {"channel": "call"}).status_code == 404


def test_who_logs_or_plans_a_contact_is_told_what_they_prefer(
    owner: Any, place: Any, signed_in: SignedIn, now: Any, clock: Any
) -> None:
    customer, ada = place.customer, place.contact
    talk = {"customer": customer, "contact": ada, "channel": "email"}
    InteractionFactory(**talk, occurred_at=now - timedelta(days=3))
    InteractionFactory(**talk, occurred_at=now - timedelta(days=40))
    InteractionFactory(**talk | {"channel": "call"}, occurred_at=now, outcome="missed")
    OrderFactory(customer=customer, ordered_at=now - timedelta(days=9))
    actions.note(by=owner, now=now, about=ada, values={"channel": "email", "rhythm": "month"})
    sentence = "Ada: prefers: E-mail; last 3 days ago; wants: at most once a month"

    found = presenters.advice(owner, customer, [ada], now)

    assert [(one.text, one.too_soon) for one in found] == [(sentence, True)]
    client = signed_in(owner)
    for path in (f"/customers/{customer.pk}/", f"/tasks/add/?customer={customer.pk}"):
        assert sentence in client.get(path).content.decode(), path
    page = client.get(f"/customers/{customer.pk}/").content.decode()
    assert "2 times in 12 months, every 182 days on average; last 3 days ago" in page
    assert "1 order in 12 months; last 9 days ago" in page


def test_topics_are_offered_by_managers(
    manager: Any, owner: Any, client: Client, now: Any, clock: Any
) -> None:
    actions.set_topics(by=manager, now=now, names=["Prices", "Fairs", "Prices"])
    customer = CustomerFactory(owner=owner)
    token = actions.ask(by=owner, now=now, about=customer)

    answer = client.post(
        f"/preferences/say/{token}/", {"wanted": ["Fairs"], "unwanted": ["Prices"]}
    )

    assert answer.status_code == 200
    assert queries.answers(customer)["unwanted"].value == "Prices"
    wrong = client.post(f"/preferences/say/{token}/", {"wanted": ["Anything"]})
    assert "Anything" in wrong.content.decode()
    assert queries.answers(customer)["wanted"].value == "Fairs"
