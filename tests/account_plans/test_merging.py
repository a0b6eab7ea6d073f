"""Two key accounts that turn out to be one, and two contacts who are one person; and back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.account_plans.action_plans import actions as action_plans
from mainstay.account_plans.buying_centre import actions as buying_centre
from mainstay.account_plans.buying_centre import presenters
from mainstay.account_plans.buying_centre import queries as centres
from mainstay.account_plans.models import KeyAccount
from mainstay.account_plans.plan import actions as plan
from mainstay.account_plans.plan import queries as plans
from mainstay.account_plans.relationship import actions as relationship
from mainstay.account_plans.relationship import queries as relations
from mainstay.account_plans.selection.queries import key_accounts
from mainstay.customers import actions as customers
from mainstay.customers.merging.actions import undo
from tests.account_plans.planning import certain, rl, seen
from tests.conftest import NOW
from tests.customers.merging.world import fresh, join, tables
from tests.factories.customers import AffiliationFactory, ContactFactory

pytestmark = pytest.mark.django_db


def planned(owner: Any, contact: Any, trust: int) -> Any:
    """Return a key account with something of each stage; the contact decides there."""
    account = rl(owner)
    known: Any = {"by": owner, "now": NOW, "account": account}
    AffiliationFactory(customer=account.customer, contact=contact)
    relationship.rate(**known, criterion="trust", values={"value": trust})
    level = {"now": "reactive", "wanted": "partnership", "why": f"{trust} of 5"}
    relationship.set_level(**known, values=level)
    relationship.invite(**known, contact=contact.pk, language="en")
    buying_centre.add(**known, contact=contact.pk, values={"roles": ["decider"]})
    certain(account)
    line = action_plans.set_line(**known, values={"contact": contact})
    action_plans.plan(**known, line=line, values={"title": "Call"})
    plan.write(**known, part="people", key="leader", text=f"Written at {trust}.")
    return account


def kinds(account: Any) -> list[str]:
    return [each["kind"] for each in presenters.gaps(centres.centre(account, NOW))]


def test_two_key_accounts_become_one_and_two_again(owner: Any) -> None:
    shared = ContactFactory(name="Ewa")
    one, other = planned(owner, shared, 5), planned(owner, shared, 1)
    customers.refresh_search([one.pk, other.pk])
    before = tables()

    merge = join(fresh(one.customer), fresh(other.customer))
    account = seen(owner, fresh(one.customer))

    assert [row.customer_id for row in key_accounts(owner)] == [one.pk]
    assert KeyAccount.objects.count() == 2  # that of the other stays with it
    found = relations.relation(one.pk).spread("trust", "ours")
    assert found
    assert (found.n, found.mean) == (1, 1)  # of one person the latest counts
    assert relations.history(one.pk, "trust").count() == 2
    assert [row.why for row in relations.levels(one.pk)] == ["1 of 5", "5 of 5"]
    assert "stands_twice" in kinds(account)
    said = [each["text"] for each in plans.plan(account, NOW)["parts"][2]["blocks"][:3]]
    assert said[0] == "Written at 5."
    assert "Written at 1." in said  # what was written over the same sentence is not lost

    undo(by=None, now=NOW, merge=merge)
    assert tables() == before


def test_the_page_of_a_merged_account_leads_to_the_one_it_became(
    owner: Any, stranger: Any, signed_in: Callable[[Any], Client]
) -> None:
    one, other = rl(owner), rl(owner)
    there = reverse("accounts:relationship", args=[other.pk])
    merge = join(fresh(one.customer), fresh(other.customer))

    assert signed_in(owner).get(there).url == reverse("accounts:account", args=[one.pk])
    assert signed_in(stranger).get(there).status_code == 404
    undo(by=None, now=NOW, merge=merge)
    assert signed_in(owner).get(there).status_code == 200


def test_what_was_written_twice_can_be_taken_off(owner: Any) -> None:
    shared = ContactFactory(name="Ewa")
    one, other = planned(owner, shared, 5), planned(owner, shared, 1)
    join(fresh(one.customer), fresh(other.customer))
    account = seen(owner, fresh(one.customer))
    known: Any = {"by": owner, "now": NOW, "account": account}

    plan.write(**known, part="people", key="leader", text="Written for both.")
    second = plans.passages(account.customer).get(text="Written at 1.")
    plan.rewrite(**known, passage=second, text="")

    said = [each["text"] for each in plans.plan(account, NOW)["parts"][2]["blocks"][:2]]
    assert said[0] == "Written for both."
    assert "Written at 1." not in said


def test_two_contacts_of_one_buying_centre_become_one_and_two_again(owner: Any) -> None:
    kept, gone = ContactFactory(name="Ewa Nowak"), ContactFactory(name="E. Nowak")
    account = planned(owner, kept, 5)
    known: Any = {"by": owner, "now": NOW, "account": account}
    AffiliationFactory(customer=account.customer, contact=gone)
    boss = centres.members(account.pk).get()
    values = {"roles": ["user"], "reports_to": boss}
    buying_centre.add(**known, contact=gone.pk, values=values)
    customers.refresh_search([account.pk])
    before = tables()

    merge = join(fresh(kept), fresh(gone))

    assert {row.contact_id for row in centres.members(account.pk)} == {kept.pk}
    assert [row.name for row in centres.members(account.pk)] == ["Ewa Nowak", "E. Nowak"]
    assert "stands_twice" in kinds(account)
    undo(by=None, now=NOW, merge=merge)
    assert tables() == before
    assert "stands_twice" not in kinds(account)
