"""The ledger of consents: what holds today, and what a person chooses by their own link."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from mainstay.customers.privacy import actions, queries, rules
from mainstay.customers.privacy.models import ConsentEvent, Purpose
from tests.factories.customers import AffiliationFactory, ContactFactory

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("steps", "double", "holds"),
    [
        ([], False, "never"),
        ([("given", None)], False, "given"),
        ([("given", None)], True, "waiting"),
        ([("confirmed", None), ("given", None)], True, "given"),
        ([("withdrawn", None), ("given", None)], False, "withdrawn"),
        ([("given", None), ("withdrawn", None)], False, "given"),
        ([("given", date(2026, 3, 4))], False, "expired"),
        ([("given", date(2026, 3, 5))], False, "given"),
    ],
)
def test_the_latest_step_says_what_holds(
    steps: list[tuple[str, date | None]], double: bool, holds: str
) -> None:
    noted = [rules.Noted(step, DAY, until) for step, until in steps]

    assert rules.standing(noted, today=DAY, double_opt_in=double) == holds


@pytest.mark.parametrize(
    ("received", "extended", "last"),
    [
        (date(2026, 1, 31), False, date(2026, 2, 28)),
        (date(2026, 12, 15), False, date(2027, 1, 15)),
        (date(2026, 11, 30), True, date(2027, 2, 28)),
    ],
)
def test_an_answer_is_due_within_a_month_or_three(
    received: date, extended: bool, last: date
) -> None:
    assert rules.due(received, extended=extended) == last


@pytest.fixture
def news(db: None) -> Purpose:
    return Purpose.objects.create(name="News", double_opt_in=True, months_valid=12)


def _given(person: Any, purpose: Purpose, now: datetime, **more: Any) -> ConsentEvent:
    values = {"purpose": purpose, "channel": "email", "step": "given"} | more
    return actions.note_consent(by=None, now=now, person=person, values=values)


def test_mail_goes_out_only_while_a_consent_holds(news: Purpose, now: datetime) -> None:
    contact, today = ContactFactory(), now.date()

    def may(channel: str = "email") -> bool:
        return queries.may_use(contact, news, channel, today=today)

    assert not may()
    _given(contact, news, now)
    assert not may(), "it waits for the person's own click"
    link = actions.make_link(by=None, now=now, person=contact)
    actions.confirm(link=link, now=now)
    assert may()
    assert not may("phone"), "agreed to e-mail only"
    actions.withdraw_all(link=link, now=now + timedelta(seconds=1))
    assert not may()


def test_service_mail_is_no_marketing(db: None, now: datetime) -> None:
    contact = ContactFactory()
    invoices = Purpose.objects.create(name="Invoices", basis="contract", is_service=True)

    assert queries.may_use(contact, invoices, "email", today=now.date())
    with pytest.raises(ValidationError, match="service, not marketing"):
        _given(contact, invoices, now)


def test_the_page_of_choices_changes_nothing_until_something_is_sent(
    news: Purpose, now: datetime, client: Client
) -> None:
    contact = ContactFactory(name="Ada Weaver")
    token = queries.token_of(actions.make_link(by=None, now=now, person=contact))
    address = reverse("privacy:choices", args=[token])

    page = client.get(address)

    assert "Ada Weaver" in page.content.decode()
    assert not ConsentEvent.objects.exists()
    client.post(address, {f"purpose-{news.pk}": "1"})
    assert queries.standings(contact, today=now.date()) == {(news.pk, "any"): "given"}


def test_one_click_in_the_mail_program_withdraws_at_once(
    news: Purpose, now: datetime, client: Client
) -> None:
    contact = ContactFactory()
    _given(contact, news, now, step="confirmed")
    token = queries.token_of(actions.make_link(by=None, now=now, person=contact))
    address = reverse("privacy:unsubscribe", args=[token])

    assert client.get(address).status_code == 405
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert set(queries.standings(contact, today=now.date()).values()) == {"withdrawn"}
    assert client.post(reverse("privacy:unsubscribe", args=["0" * 64])).status_code == 404


def test_a_revoked_link_leads_nowhere(
    news: Purpose, now: datetime, client: Client, manager: Any
) -> None:
    contact = ContactFactory()
    token = queries.token_of(actions.make_link(by=None, now=now, person=contact))

    actions.revoke_link(by=manager, now=now, person=contact)

    assert client.get(reverse("privacy:choices", args=[token])).status_code == 404
    assert queries.token_of(actions.make_link(by=None, now=now, person=contact)) != token


def test_a_stranger_sees_no_consents(
    news: Purpose, owner: Any, colleague: Any, stranger: Any, signed_in: Any
) -> None:
    place = AffiliationFactory(customer__owner=owner, customer__team=owner.team)
    address = reverse("privacy:person", args=["contact", place.contact.pk])

    answers = [signed_in(user).get(address).status_code for user in (owner, colleague, stranger)]

    assert answers == [200, 200, 404]
