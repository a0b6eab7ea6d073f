"""Certainty of need, market and transaction: judged, kept, and what follows."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.certainty import actions, presenters, queries, rules
from mainstay.account_plans.models import CertaintyRating, Offering
from mainstay.customers.sharing.actions import share
from tests.account_plans.planning import certain, rl, seen

SignedIn = Callable[[Any], Client]


@pytest.mark.parametrize(
    ("present", "wanted", "effect"),
    [(3, 3, "keep"), (2, 3, "improve"), (3, 1, "loosen"), (None, 3, None), (2, None, None)],
)
def test_what_follows_from_now_and_wanted(present: Any, wanted: Any, effect: Any) -> None:
    assert rules.effect(present, wanted) == effect


def test_one_service_to_improve_is_enough_for_the_account() -> None:
    cells = [
        {"kind": "need", "present": 3, "wanted": 3},
        {"kind": "need", "present": 1, "wanted": 3},
        {"kind": "market", "present": 3, "wanted": 2},
    ]

    assert rules.of_account(cells) == {"need": "improve", "market": "loosen", "transaction": None}


@pytest.mark.django_db
def test_the_lectures_service_a(owner: Any, now: datetime) -> None:
    account = rl(owner)
    certain(account)

    shown = presenters.page(account, now=now)

    assert [each["name"] for each in shown["sums"]] == [
        "Keep the certainty of need",
        "Raise the certainty of the market",
        "Raise the certainty of the transaction",
    ]
    assert shown["wanting"] == []


@pytest.mark.django_db
def test_every_judgement_is_kept_and_the_latest_counts(owner: Any, now: datetime) -> None:
    account = rl(owner)
    row = certain(account)
    known: Any = {"by": owner, "now": now, "account": account, "offering": row, "kind": "market"}

    again = actions.rate(
        **known, values={"present": 2, "wanted": 3, "evidence": "Seen in the offers."}
    )
    actions.rate(**known, values={"present": 3, "wanted": 3, "evidence": "They renewed."})

    assert again is None
    assert [each.present for each in queries.history(row, "market")] == [3, 2]
    assert queries.effects(queries.table(account.customer))["market"] == "keep"


@pytest.mark.django_db
def test_what_is_missing_is_said(owner: Any, now: datetime) -> None:
    account = rl(owner)
    nothing = presenters.page(account, now=now)["wanting"]
    row = certain(account)
    known: Any = {"by": owner, "now": now, "account": account}
    actions.set_offering(**known, values={"name": "Service B"})
    CertaintyRating.objects.filter(offering=row, kind="need").update(
        rated_on=now.date() - timedelta(days=200), evidence=""
    )

    assert nothing == ["Nothing is named that we offer to this customer."]
    assert presenters.page(account, now=now)["wanting"] == [
        "3 certainties are not judged.",
        "1 judgement has no evidence.",
        "1 judgement is older than half a year.",
    ]


@pytest.mark.django_db
def test_a_day_to_come_and_a_name_twice_are_refused(owner: Any, now: datetime) -> None:
    account = rl(owner)
    row = certain(account)
    known: Any = {"by": owner, "now": now, "account": account}

    with pytest.raises(ValidationError, match="today or a day before"):
        actions.rate(**known, offering=row, kind="need", values={"rated_on": date(2199, 1, 1)})
    with pytest.raises(ValidationError, match="already"):
        actions.set_offering(**known, values={"name": "Service A"})
    with pytest.raises(ValidationError):
        actions.rate(**known, offering=row, kind="need", values={"present": 7})


@pytest.mark.django_db
def test_who_may_only_look_is_refused_and_told(
    owner: Any, stranger: Any, now: datetime, signed_in: SignedIn
) -> None:
    account = rl(owner)
    row = certain(account)
    there = reverse("accounts:certainty", args=[account.pk])
    unseen = signed_in(stranger).get(there)
    share(by=owner, now=now, customer=account.customer, user=stranger, may_edit=False)
    looking = seen(type(stranger).objects.get(pk=stranger.pk), account.customer)

    page = signed_in(stranger).get(there)

    assert unseen.status_code == 404
    assert "Service A" in page.text
    assert "Add a service" not in page.text
    with pytest.raises(PermissionDenied, match="to look at"):
        actions.archive_offering(by=looking.user, now=now, account=looking, offering=row)


@pytest.mark.django_db
def test_the_page_names_judges_and_puts_away(owner: Any, signed_in: SignedIn) -> None:
    account, client = rl(owner), signed_in(owner)
    there = reverse("accounts:certainty", args=[account.pk])
    empty = client.get(there).text
    client.post(there, {"name": "Repairs"})
    row = Offering.objects.get()
    cell = {"do": "judge", "offering": row.pk, "kind": "need"}
    wrong = client.post(there, cell | {"present": "9"}).text
    client.post(there, cell | {"present": "1", "wanted": "3", "evidence": "Asked twice."})

    page = client.get(there, {"offering": row.pk, "kind": "need"}).text
    client.post(there, {"do": "archive", "offering": row.pk})

    assert "What do we offer here?" in empty
    assert "Select a valid choice" in wrong
    assert "Raise the certainty of need" in page
    assert "Asked twice." in page
    assert "What do we offer here?" in client.get(there).text
