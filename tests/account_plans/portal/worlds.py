"""A key account with works, an action that was agreed, and people who come to look."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from mainstay.account_plans.action_plans import actions as action_plans
from mainstay.account_plans.portal import actions, tokens
from mainstay.account_plans.portal.models import Invitation
from mainstay.account_plans.workspace.queries import Account
from tests.account_plans.planning import seen
from tests.account_plans.workspace.worlds import key_account
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory, ContactFactory


@dataclass
class World:
    account: Account
    contact: Any
    work: Any
    stage: Any
    action: Any

    @property
    def known(self) -> Any:
        return {"by": self.account.user, "now": NOW, "account": self.account}

    def invite(self, contact: Any = None, **more: Any) -> Invitation:
        person = (contact or self.contact).pk
        return actions.invite(**self.known, values={"language": "en", "contact": person, **more})

    def add_work(self, title: str, **values: Any) -> Any:
        given = {"title": title, "shared": True, **values}
        return actions.set_work(**self.known, values=given)

    def add_stage(self, title: str, **values: Any) -> Any:
        given = {"title": title, "state": "running", **values}
        return actions.set_stage(**self.known, about=self.work, values=given)


def world(owner: Any, name: str = "Northwind", contact: Any = None) -> World:
    """Return an account with a shared work, a stage under way, a shared action, one contact."""
    account = seen(owner, key_account(owner, name))
    contact = contact or ContactFactory(name=f"Ada of {name}", email=f"ada@{name.lower()}.example")
    AffiliationFactory(customer=account.customer, contact=contact)
    found = World(account, contact, None, None, None)
    found.work = found.add_work(f"Press line of {name}", summary="Three presses.", ours=owner)
    days = {"planned_from": date(2026, 2, 2), "planned_until": date(2026, 3, 1)}
    found.stage = found.add_stage(f"Survey of {name}", **days)
    values = {"title": f"Inner words of {name}", "due_date": date(2026, 4, 1)}
    found.action = action_plans.plan(**found.known, values=values)
    words = f"We send {name} the drawings"
    actions.share_action(**found.known, number=found.action.pk, words=words)
    return found


def link(invitation: Invitation) -> str:
    return reverse("portal:open", args=[tokens.token_of(invitation)])


def visit(invitation: Invitation) -> Client:
    """Return the browser of the invited person, with a visit begun."""
    client = Client()
    answer = client.post(link(invitation))
    assert answer.status_code == 302
    return client


def work_page(work: Any) -> str:
    return reverse("portal:work", args=[work.pk])


def rated(client: Client, work: Any, mark: int, stage: Any = None, words: str = "") -> Any:
    data = {"do": "rate", "mark": mark, "words": words, "stage": stage.pk if stage else ""}
    return client.post(work_page(work), data)


def said(client: Client, work: Any, text: str) -> Any:
    return client.post(work_page(work), {"do": "comment", "text": text})
