"""What a plan says of the relationship and the buying centre, and when that is stale."""

from datetime import datetime
from typing import Any

import pytest

from mainstay.account_plans.buying_centre import actions as buying_centre
from mainstay.account_plans.models import PlanVersion
from mainstay.account_plans.plan import actions, presenters, queries
from mainstay.account_plans.relationship import actions as relationship
from mainstay.account_plans.relationship.choices import Side
from mainstay.account_plans.relationship.models import Rating
from tests.account_plans.planning import people, rl, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(owner: Any) -> Any:
    return rl(owner)


@pytest.fixture
def known(account: Any, owner: Any, now: datetime) -> Any:
    return {"by": owner, "now": now, "account": account}


def texts(account: Any, now: datetime, part: str) -> dict[str, str]:
    found = next(p for p in queries.plan(account, now)["parts"] if p["key"] == part)
    return {block["key"]: block["text"] for block in found["blocks"] if block["kind"] == "text"}


def rate(known: Any, value: int, criterion: str = "trust") -> None:
    relationship.rate(**known, criterion=criterion, values={"value": value})


def level(known: Any, now: str, wanted: str) -> None:
    values = {"now": now, "wanted": wanted, "why": "Their plant grows."}
    relationship.set_level(**known, values=values)


def test_both_views_of_the_relationship_are_told(
    account: Any, known: Any, colleague: Any, now: datetime
) -> None:
    rate(known, 5)
    rate({**known, "by": colleague, "account": seen(colleague, account.customer)}, 3)
    Rating.objects.create(
        customer=account.customer, criterion="trust", side=Side.THEIRS, value=2, at=now
    )
    marks = dict.fromkeys(("horizon", "focus", "task", "bond", "price"), 5)
    relationship.judge_approach(**known, answers=marks)
    level(known, "reactive", "partnership")

    said = texts(account, now, "assumptions")

    assert said["relation.ours"] == (
        "We put the closeness of the relationship at 75%"
        " (criteria: 1; people: 2; oldest rating: 5 Mar 2026)."
    )
    assert said["relation.disputed"] == "We do not agree among ourselves about: Trust."
    assert said["relation.apart"] == (
        "The customer’s people see this differently than we do: Trust (+2.0)."
    )
    assert said["relation.approach"] == (
        "We build a relationship with it (5 of 9 points of reference)."
    )
    assert texts(account, now, "goals")["goal.level"] == (
        "Bring the relationship from the level “Reactive” to “Partnership”. Their plant grows."
    )
    assert [annex["title"] for annex in queries.plan(account, now)["annexes"]][1] == (
        "The relationship"
    )


def test_gaps_of_the_buying_centre_are_risks(account: Any, known: Any, now: datetime) -> None:
    buyer, user, _decider = (each.contact.pk for each in people(account))
    buying_centre.add(**known, contact=buyer, values={"roles": ["buyer"]})
    values = {"roles": ["gatekeeper"], "support": -1}
    buying_centre.add(**known, contact=user, values=values)
    hard = dict.fromkeys(("unit_value", "risk", "importance", "product_new", "phase"), 5)
    buying_centre.judge_purchase(**known, factors=hard)

    risks = texts(account, now, "resources")

    assert texts(account, now, "people")["centre"] == (
        "We know 2 people of the buying centre."
        " The complexity of the purchase is high (5.0 of 5; 5 of 8 judged)."
    )
    assert {key for key in risks if key.startswith("centre.")} == {
        "centre.no_decider",
        "centre.gatekeeper_unfriendly",
        "centre.few_for_complexity",
    }
    assert risks["centre.gatekeeper_unfriendly"].startswith(
        "The gatekeeper is unfriendly (Project manager). Reach the decider another way"
    )


def test_what_is_written_over_them_is_stale_once_they_change(
    account: Any, known: Any, now: datetime
) -> None:
    rate(known, 5)
    level(known, "reactive", "partnership")
    person = people(account)[0].contact.pk
    member = buying_centre.add(**known, contact=person, values={"roles": ["buyer"]})
    for part, key in (
        ("assumptions", "relation.ours"),
        ("goals", "goal.level"),
        ("resources", "centre.no_decider"),
    ):
        actions.write(**known, part=part, key=key, text="In our words.")

    stale = [presenters.page(account, now=now)["stale"]]
    rate(known, 1)
    stale.append(presenters.page(account, now=now)["stale"])
    level(known, "proactive", "partnership")
    stale.append(presenters.page(account, now=now)["stale"])
    buying_centre.change(**known, member=member, values={"roles": ["decider"]})
    stale.append(presenters.page(account, now=now)["stale"])

    assert stale == [0, 1, 2, 3]


def test_a_deleted_contact_stays_in_old_plans_and_is_told_in_the_new_one(
    account: Any, known: Any, now: datetime
) -> None:
    contact = people(account)[0].contact
    buying_centre.add(**known, contact=contact.pk, values={"roles": ["buyer"]})
    content = queries.paper(queries.plan(account, now))
    kept = PlanVersion.objects.create(
        customer=account.customer, content=content, pages=1, made_at=now
    )

    contact.delete()

    kept.refresh_from_db()
    annexes = {annex["title"]: annex["blocks"] for annex in kept.content["annexes"]}
    assert "Purchasing manager" in str(annexes["The buying centre"])
    assert "Purchasing manager" in str(annexes["The customer"])
    now_told = queries.plan(account, now)
    assert [annex["title"] for annex in now_told["annexes"]] == [
        "The customer",
        "The buying centre",
    ]
    assert texts(account, now, "resources")["centre.contact_deleted"].startswith(
        "A contact was deleted (Purchasing manager)."
    )
