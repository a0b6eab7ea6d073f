"""Who talks to whom: counted for all who took part, the silent and the lonely named."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mainstay.customers.talks import actions, who_page
from tests.factories.customers import AffiliationFactory, CustomerFactory

pytestmark = pytest.mark.django_db


def test_each_conversation_counts_for_all_who_took_part(
    owner: Any,
    colleague: Any,
    stranger: Any,
    now: Any,
    signed_in: Callable[[Any], Client],
    django_assert_num_queries: Any,
) -> None:
    customer = CustomerFactory(owner=owner, team=owner.team)
    ada, ben, _cid = (
        AffiliationFactory(customer=customer, contact__name=name).contact
        for name in ("Ada", "Ben", "Cid")
    )
    for days, channel, contacts, ours, outcome in (
        (3, "call", [ada, ben], [colleague], ""),
        (2, "visit", [ada], [], "agreed"),
        (1, "call", [ada], [], "missed"),
        (1, "note", [ada], [], ""),
        (400, "call", [ada], [], ""),
    ):
        values = {"channel": channel, "subject": "x", "outcome": outcome}
        values["occurred_at"] = now - timedelta(days=days)
        known = {"contacts": contacts, "colleagues": ours}
        actions.note(by=owner, now=now, customer=customer, values=values, **known)

    with django_assert_num_queries(4):  # conversations, who else took part, our names, theirs
        page = who_page.page(owner, customer, now)
    later = who_page.page(owner, customer, now + timedelta(days=95))

    assert page["ours"] == ["Olga Owner", "Carl Colleague"]
    first = page["rows"][0]
    assert (first.name, first.total.number, first.total.latest) == ("Ada", 2, "2 days ago")
    assert [(cell.number, cell.ways) for cell in first.cells] == [
        (2, "Call 1, Visit 1"),
        (1, "Call 1"),
    ]
    assert [row.name for row in page["alone"]] == ["Cid"]
    assert [row.name for row in page["silent"]] == []
    assert [row.name for row in later["silent"]] == ["Ada", "Ben"]
    url = f"/interactions/customers/{customer.pk}/who/"
    assert "Nobody talks to:" in signed_in(colleague).get(url).content.decode()
    assert signed_in(stranger).get(url).status_code == 404
