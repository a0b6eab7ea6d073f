"""A relationship rated on both sides, as the owner, a colleague, a stranger and a guest see it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.relationship import actions, presenters, queries, tokens
from mainstay.account_plans.relationship.choices import Side
from mainstay.account_plans.relationship.models import Invitation, Rating
from mainstay.account_plans.workspace import queries as workspace
from mainstay.customers.models import Customer
from tests.account_plans.workspace.worlds import key_account
from tests.factories.customers import AffiliationFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]
# The lecture's two clients; the slide lost repeated words.
RL = {"power": 1, "information": 5, "cooperation": 5, "commitment": 5, "distance": 1, "duration": 5}
G = {"power": 1, "information": 1, "cooperation": 3, "commitment": 3, "distance": 3, "duration": 1}


def rated(by: Any, now: datetime, customer: Customer, values: dict[str, int]) -> Any:
    account = workspace.account(by, customer.pk)
    assert account
    for key, value in values.items():
        given = {"value": value, "note": "Seen.", "evidence": "Mail of May"}
        actions.rate(by=by, now=now, account=account, criterion=key, values=given)
    return account


def asked(owner: Any, now: datetime, customer: Customer, language: str = "pl") -> Invitation:
    contact = AffiliationFactory(customer=customer).contact
    account = workspace.account(owner, customer.pk)
    assert account
    return actions.invite(by=owner, now=now, account=account, contact=contact.pk, language=language)


def link(invitation: Invitation) -> str:
    return reverse("accounts:answer", args=[tokens.drawn(invitation)])


def test_two_accounts_are_compared_in_the_lectures_words(owner: Any, now: datetime) -> None:
    one, two = key_account(owner, "RL"), key_account(owner, "G")
    account = rated(owner, now, one, RL)
    rated(owner, now, two, G)

    found = presenters.comparison(account, two.pk, now)

    assert found
    words = {
        row["criterion"].key: (row["one"]["word"], row["two"]["word"])
        for row in found["rows"]
        if row["one"]
    }
    assert words == {
        "power": ("low", "low"),
        "information": ("long-term", "short-term"),
        "cooperation": ("high level of cooperation", "medium level of cooperation"),
        "commitment": ("high", "medium"),
        "distance": ("low", "medium"),
        "duration": ("long", "short"),
    }


def test_of_each_person_the_latest_counts_and_all_are_kept(
    owner: Any, colleague: Any, now: datetime
) -> None:
    customer = key_account(owner)
    rated(owner, now, customer, {"trust": 2})
    rated(owner, now + timedelta(days=1), customer, {"trust": 5})
    rated(colleague, now, customer, {"trust": 2})

    found = queries.relation(customer.pk).spread("trust", "ours")

    assert found
    assert (found.n, found.lowest, found.highest, found.is_disputed) == (2, 2, 5, True)
    assert queries.history(customer.pk, "trust").count() == 3


def test_the_closeness_of_many_is_that_of_each(owner: Any, colleague: Any, now: datetime) -> None:
    one, two, none = (key_account(owner, name) for name in ("RL", "G", "New"))
    rated(owner, now, one, {"trust": 1} | RL)
    rated(colleague, now, one, {"cooperation": 2, "information": 4})
    rated(owner, now + timedelta(days=1), one, {"trust": 4, "distance": 5})
    account = rated(owner, now, two, G)
    actions.rate(by=owner, now=now, account=account, criterion="distance", values={"value": None})
    Rating.objects.filter(by=colleague).update(by=None)  # who has left is still one person each

    found = queries.closeness_of([one.pk, two.pk, none.pk], Side.OURS)
    alone = queries.relations([one.pk, two.pk])

    assert set(found) == {one.pk, two.pk}
    for number, relation in alone.items():
        share, n = relation.closeness(Side.OURS)
        assert found[number].share == pytest.approx(share)
        assert found[number].criteria == n
    assert found[one.pk].latest_at == now + timedelta(days=1)


def test_criteria_without_ratings_are_told_and_count_nothing(owner: Any, now: datetime) -> None:
    account = rated(owner, now, key_account(owner), {"trust": 5})

    found = presenters.page(account, now)

    assert "9 criteria not rated" in found["missing"]
    assert queries.relation(account.pk).closeness("ours") == (1.0, 1)


def test_a_rating_taken_back_counts_no_more(owner: Any, now: datetime) -> None:
    customer = key_account(owner)
    account = rated(owner, now, customer, {"trust": 2})

    actions.rate(by=owner, now=now, account=account, criterion="trust", values={"value": None})

    assert queries.relation(customer.pk).spread("trust", "ours") is None
    assert Rating.objects.count() == 2


def test_a_stranger_finds_nothing_and_who_may_only_read_writes_nothing(
    owner: Any, stranger: Any, read_only: Any, now: datetime, signed_in: SignedIn
) -> None:
    customer = key_account(owner)
    account = rated(owner, now, customer, {"trust": 2})
    for name in ("relationship", "rate_relationship", "approach", "invitations"):
        assert (
            signed_in(stranger).get(reverse(f"accounts:{name}", args=[customer.pk])).status_code
            == 404
        )
    with pytest.raises(PermissionDenied):
        actions.rate(by=read_only, now=now, account=account, criterion="trust", values={"value": 1})
    with pytest.raises(PermissionDenied, match="shared with you to look at"):
        actions.rate(by=stranger, now=now, account=account, criterion="trust", values={"value": 1})


def test_our_view_stands_beside_theirs_with_the_gap(
    owner: Any, now: datetime, clock: Any, signed_in: SignedIn
) -> None:
    customer = key_account(owner)
    rated(owner, now, customer, {"trust": 5})
    invitation = asked(owner, now, customer)

    page = Client().get(link(invitation))
    assert "Jak bardzo" in page.text or "visitor-card" in page.text
    assert "Seen." not in page.text
    sent = Client().post(link(invitation), {"value_trust": "2", "note_trust": "Late parts."})
    assert sent.status_code == 200

    shown = signed_in(owner).get(reverse("accounts:relationship", args=[customer.pk])).text
    assert "+3.0" in shown
    assert (
        "Late parts."
        in signed_in(owner)
        .get(reverse("accounts:relation_history", args=[customer.pk, "trust"]))
        .text
    )


def test_a_link_opens_once_until_it_ends_and_not_when_it_was_changed(
    owner: Any, now: datetime, clock: Any
) -> None:
    customer = key_account(owner)
    first, second, third = (asked(owner, now, customer) for _n in range(3))

    assert Client().post(link(first), {}).status_code == 200  # nothing answered: asked again
    assert Client().post(link(first), {"value_trust": "2"}).status_code == 200
    assert Client().post(link(first), {"value_trust": "5"}).status_code == 404
    assert Client().get(link(second)[:-2] + "x/").status_code == 404
    account = workspace.account(owner, customer.pk)
    assert account
    actions.withdraw(by=owner, now=now, account=account, invitation=third)
    assert Client().get(link(third)).status_code == 404
    clock.shift(timedelta(days=31))
    assert Client().get(link(second)).status_code == 404
    assert [row.value for row in Rating.objects.all()] == [2]


def test_only_who_works_there_is_asked(owner: Any, now: datetime) -> None:
    account = workspace.account(owner, key_account(owner).pk)
    other = AffiliationFactory().contact

    assert account
    with pytest.raises(ValidationError, match="does not work there"):
        actions.invite(by=owner, now=now, account=account, contact=other.pk, language="en")


def test_the_way_of_selling_and_the_level_are_kept_with_their_reason(
    owner: Any, now: datetime, clock: Any, signed_in: SignedIn
) -> None:
    customer, client = key_account(owner), signed_in(owner)
    page = reverse("accounts:relationship", args=[customer.pk])
    marks = dict.fromkeys(("horizon", "focus", "task", "bond", "price"), "5")

    nothing = client.post(reverse("accounts:approach", args=[customer.pk]), {"note": "Nothing."})
    assert "Mark at least one point" in nothing.text
    client.post(reverse("accounts:approach", args=[customer.pk]), marks | {"note": "As agreed."})
    client.post(page, {"now": "basic", "wanted": "reactive", "why": "Few orders."})
    client.post(page, {"now": "reactive", "wanted": "proactive", "why": "Their plant grows."})
    refused = client.post(page, {"now": "reactive", "wanted": "proactive", "why": ""})

    shown = client.get(page).text
    assert '<p class="rel-verdict">Relational</p>' in shown
    assert "Their plant grows." in shown
    assert "Few orders." in shown
    assert "This field is required" in refused.text


def test_criteria_are_the_companys_to_change(
    owner: Any, now: datetime, signed_in: SignedIn
) -> None:
    customer, client = key_account(owner), signed_in(owner)
    rated(owner, now, customer, {"trust": 4})
    words = {"question": "", "low": "little", "middle": "some", "high": "much", "direction": "1"}
    url = reverse("accounts:relation_criteria")

    client.post(url, words | {"key": "trust", "name": "Confidence"})
    client.post(url, words | {"name": "Shared values"})
    twice = client.post(url, words | {"name": "Shared values"})
    client.post(reverse("accounts:put_away_criterion"), {"key": "power"})

    names = [str(each.name) for each in queries.criteria()]
    assert "Confidence" in names
    assert names[-1] == "Shared values"
    assert "Bargaining power of the customer" not in names
    assert "choose another" in twice.text
    assert "much" in client.get(reverse("accounts:relationship", args=[customer.pk])).text
    client.post(reverse("accounts:put_away_criterion"), {"back": "power"})
    assert len(queries.criteria()) == 11
