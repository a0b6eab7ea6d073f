"""Pages of lost customers: who sees what, what a click opens, what bad input gives."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from mainstay.records.models import AuditEvent
from mainstay.value.churn.actions import choose_rule
from mainstay.value.models import LossNote, LossReason, LossRule, RunPart
from tests.factories.customers import CustomerFactory, SourceFactory
from tests.factories.value import NOW, buy, computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]
CHURN_QUERIES = 11
RULE = {
    "kind": "silence",
    "k": "3",
    "typical": "median",
    "floor_days": "30",
    "grace_days": "30",
    "threshold": "20",
}


def text(client: Client, url: str, **data: Any) -> str:
    answer = client.get(url, data)
    assert answer.status_code == 200, url
    return unescape(answer.content.decode())


def test_the_page_states_the_rule_and_what_losses_cost(
    noted: Any, analyst: Any, signed_in: SignedIn
) -> None:
    page = text(signed_in(analyst), "/value/churn/")

    year = RunPart.objects.get(key="churn").content["year"]
    assert "no order for 3 of the customer's own intervals (median, at least 30 days)" in page
    assert f"of {year['customers']} in twelve months" in page
    for words in ("Cost of churn", "Won by a competitor", "Value lost each month", "Wilson"):
        assert words in page
    assert noted.customer.name in page


def test_one_request_asks_few_questions(
    noted: Any, analyst: Any, signed_in: SignedIn, django_assert_num_queries: Any
) -> None:
    client = signed_in(analyst)
    client.get("/value/churn/")

    with django_assert_num_queries(CHURN_QUERIES):
        client.get("/value/churn/")


def test_who_does_not_see_money_sees_counts(
    noted: Any, read_only: Any, signed_in: SignedIn
) -> None:
    client = signed_in(read_only)
    page = text(client, "/value/churn/")

    assert "Customers lost each month" in page
    for words in ("Cost of churn", "Value lost", "Yearly value", "€"):
        assert words not in page
    assert client.get("/value/churn/retention/").status_code == 403


def test_a_month_and_a_reason_open_the_customers_behind_them(
    noted: Any, owner: Any, stranger: Any, signed_in: SignedIn
) -> None:
    page = text(signed_in(owner), "/value/churn/")
    link = next(
        unescape(found)
        for found in re.findall(r'href="(/customers/\?[^"]*loss_reason=[^"]*)"', page)
        if "loss_reason=competition" in found
    )
    month = {
        "lost_from": f"{noted.lost_on:%Y-%m}-01",
        "lost_until": noted.lost_on.isoformat(),
        "columns": "name",
    }

    found = text(signed_in(owner), link)
    assert noted.customer.name in found
    assert "Reason for leaving: Won by a competitor" in found
    assert noted.customer.name in text(signed_in(owner), "/customers/", **month)
    other = {**month, "loss_reason": "death"}
    assert noted.customer.name not in text(signed_in(owner), "/customers/", **other)
    unnoted = {**month, "loss_reason": "none"}
    assert noted.customer.name not in text(signed_in(owner), "/customers/", **unnoted)
    assert noted.customer.name not in text(signed_in(stranger), link)


def test_the_latest_note_counts_in_the_list_as_on_the_page(
    noted: Any, owner: Any, signed_in: SignedIn
) -> None:
    client = signed_in(owner)
    typed = {"reason": "moved", "noted_on": "2026-02-01", "text": ""}
    assert client.post(f"/value/churn/customers/{noted.customer_id}/", typed).status_code == 302

    assert "Noted why" in text(client, "/value/churn/")
    assert noted.customer.name not in text(client, "/customers/", loss_reason="competition")
    assert noted.customer.name in text(client, "/customers/", loss_reason="moved")
    assert AuditEvent.objects.filter(verb="customer.loss_noted").count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": "weather"}, "Select a valid choice"),
        ({"noted_on": "2026-04-01"}, "That day has not come yet"),
        ({"noted_on": "tomorrow"}, "Enter a valid date"),
        ({"text": "a\x00b"}, "control character"),
        ({"text": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_a_note_that_cannot_be_gives_a_sentence(
    lost: Any, owner: Any, signed_in: SignedIn, change: Any, sentence: str
) -> None:
    fine = {"reason": "moved", "noted_on": "2026-01-01", "text": ""}

    answer = signed_in(owner).post(f"/value/churn/customers/{lost.customer_id}/", fine | change)

    assert sentence in answer.content.decode()
    assert not LossNote.objects.exists()


def test_a_stranger_cannot_note_and_sees_no_loss(
    noted: Any, stranger: Any, signed_in: SignedIn
) -> None:
    client = signed_in(stranger)

    assert client.get(f"/value/churn/customers/{noted.customer_id}/").status_code == 404
    assert noted.customer.name not in text(client, "/value/churn/")


def test_the_customers_page_says_since_when_it_counts_as_lost(
    noted: Any, owner: Any, signed_in: SignedIn
) -> None:
    page = text(signed_in(owner), f"/customers/{noted.customer_id}/worth/")

    assert "Counts as lost since" in page
    assert "Reason noted: Won by a competitor" in page


def test_a_changed_rule_is_told_until_a_run_counts_by_it(
    run: Any, analyst: Any, signed_in: SignedIn
) -> None:
    client = signed_in(analyst)

    assert client.post("/value/churn/rule/", RULE | {"k": "6"}).status_code == 302

    assert "The rule was changed since" in text(client, "/value/churn/")
    assert AuditEvent.objects.filter(verb="loss_rule.changed").count() == 1
    computed_run()
    page = text(client, "/value/churn/")
    assert "The rule was changed since" not in page
    assert "no order for 6 of" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"k": "0"}, "greater than or equal to 1"),
        ({"k": "-3"}, "greater than or equal to 1"),
        ({"k": "nan"}, "Enter a number"),
        ({"k": "1", "floor_days": "20"}, "must be more than 31 days"),
        ({"floor_days": "0"}, "greater than or equal to 1"),
        ({"grace_days": "-1"}, "greater than or equal to 0"),
        ({"threshold": "0"}, "the bound of P(alive) between 0 and 1"),
        ({"threshold": "101"}, "less than or equal to 100"),
        ({"kind": "mood"}, "Select a valid choice"),
    ],
)
def test_a_rule_that_makes_no_sense_gives_a_sentence(
    analyst: Any, signed_in: SignedIn, change: Any, sentence: str
) -> None:
    answer = signed_in(analyst).post("/value/churn/rule/", RULE | change)

    assert sentence in answer.content.decode()
    assert not LossRule.objects.exists()


def test_the_second_who_changes_the_rule_is_told(analyst: Any, signed_in: SignedIn) -> None:
    choose_rule(by=None, now=NOW, values={"k": 4.0})
    client = signed_in(analyst)
    assert client.post("/value/churn/rule/", RULE | {"k": "5", "version": "1"}).status_code == 302

    answer = client.post("/value/churn/rule/", RULE | {"k": "7", "version": "1"})

    assert "Somebody else saved this" in answer.content.decode()
    assert LossRule.objects.get().k == 5


def test_reasons_are_added_and_put_away(analyst: Any, signed_in: SignedIn) -> None:
    client, address = signed_in(analyst), "/value/churn/reasons/"

    assert client.post(address, {"name": "Moved its purchasing abroad"}).status_code == 302
    twice = client.post(address, {"name": "MOVED its purchasing abroad"})
    client.post(f"{address}queue/", {"away": "1"})

    assert "There is a reason" in twice.content.decode()
    page = text(client, address)
    assert "Moved its purchasing abroad" in page
    assert "Offer “Had to queue” again" in page
    client.post(f"{address}queue/", {"back": "1"})
    assert not LossReason.objects.exclude(archived_at=None).exists()
    assert client.post(f"{address}nothing/", {"away": "1"}).status_code == 404


PAGES = ("/value/churn/", "/value/churn/retention/", "/value/churn/reasons/", "/value/churn/rule/")


def test_without_a_run_the_page_says_what_to_do(analyst: Any, signed_in: SignedIn) -> None:
    assert "No value run has counted losses yet" in text(signed_in(analyst), "/value/churn/")


def test_with_one_customer_there_are_counts_and_no_rates(analyst: Any, signed_in: SignedIn) -> None:
    buy(CustomerFactory(), NOW.replace(year=2025), 10_000, of=SourceFactory())
    computed_run()
    client = signed_in(analyst)

    assert "fewer than 30 customers: counts only" in text(client, "/value/churn/")
    assert "Too few customers were there" in text(client, "/value/churn/retention/")


def test_a_rule_by_contracts_without_contracts_says_so(
    customers: Any, analyst: Any, signed_in: SignedIn
) -> None:
    choose_rule(by=None, now=NOW, values={"kind": "contract"})
    computed_run()

    for url in ("/value/churn/", "/value/churn/retention/"):
        assert "Add contracts, or choose another rule" in text(signed_in(analyst), url)


def test_an_empty_company_has_pages(analyst: Any, signed_in: SignedIn) -> None:
    computed_run()

    for url in PAGES:
        text(signed_in(analyst), url)
