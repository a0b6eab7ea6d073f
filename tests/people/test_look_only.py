"""Whoever a customer is shared with to look at changes nothing of it, by no page or operation.

Each write is tried by a colleague who may look and by one who may change. What leaves an audit
event for the second is a write: the first must have been refused with a sentence.
"""

import json
import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from mainstay.customers.models import Customer
from mainstay.customers.sharing.actions import share
from mainstay.customers.todo.models import Task
from mainstay.orders.models import Contract
from mainstay.records.models import AuditEvent
from tests.api import secret_of
from tests.factories.customers import InteractionFactory
from tests.factories.people import UserFactory
from tests.people import hidden_world
from tests.people.test_access_matrix import address
from tests.people.test_foreign_records import PAGES
from tests.project.test_api import BODIES, OPERATIONS

pytestmark = pytest.mark.django_db
OF_THE_CUSTOMER = re.compile(
    r"(customers|contacts|people|interactions|tasks|findings|pairs)/1\b(?!/value)"
)
MARK = re.compile(r'"(customer_id|survivor_id)": 1\b')
TYPED = {
    "name": "Taken",
    "kind": "organisation",
    "position": "Buyer",
    "street": "Quay 1",
    "tags": "taken",
    "title": "Call",
    "channel": "call",
    "purpose": "talk",
    "subject": "Called",
    "body": "Called again",
    "occurred_at": "2026-01-01T10:00",
    "reason": "Known",
    "stage": "member",
    "reference": "C-2",
    "starts": "2026-01-01",
    "answer": "distinct",
    "outcome": "no_answer",
    "state": "open",
    "rhythm": "monthly",
    "record": ["1", "2"],
    "kept": "1",
    "noted_on": "2026-01-01",
    "confirm": "1",
}
# Records of the same number that are the company's, shared with nobody.
OF_THE_COMPANY = {"value:campaign", "value:channel"}
# A colleague's own lists and links: what they hold of the customer is no part of its record.
OWN = {"segments:members", "sharing:who_sees", "sharing:stop"}


@pytest.fixture
def harbour(owner: Any) -> Customer:
    customer = hidden_world.make(owner)
    hidden_world.go_on_counting()
    InteractionFactory(pk=1, customer=customer)
    Task.objects.create(pk=1, title="Visit", customer=customer, assignee=owner, made_by=owner)
    Contract.objects.create(pk=1, customer=customer, reference="C-1", starts="2026-01-01")
    hidden_world.go_on_counting()
    return customer


def colleague(customer: Customer, *, may_edit: bool) -> Any:
    """Return somebody with whom the customer is shared, and with whom all others are to change."""
    user = UserFactory(role="manager", reach="own")
    known = {"by": customer.owner, "now": timezone.now(), "user": user}
    for each in Customer.objects.all():
        share(**known, customer=each, may_edit=may_edit or each != customer)
    return user


def tried(ask: Any) -> tuple[int, str, bool]:
    """Return status, answer and whether anything was noted, and take it all back."""
    before = AuditEvent.objects.count()
    with transaction.atomic():
        answer = ask()
        noted = AuditEvent.objects.count() > before
        text = b"" if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, text.decode(), noted


def compared(looking: Any, changing: Any) -> str:
    """Try one write as both; return "refused" as it should be, what is wrong, or nothing.

    What the one who may change cannot change, the other cannot either, and is not tried.
    """
    if not tried(changing)[2]:
        return ""
    status, text, noted = tried(looking)
    if noted:
        return "changed"
    return "refused" if status == 403 and "to look at" in text else f"answered {status}"


def test_no_page_changes_what_one_may_only_look_at(harbour: Customer) -> None:
    clients = Client(), Client()
    for client, may_edit in zip(clients, (False, True), strict=True):
        client.force_login(colleague(harbour, may_edit=may_edit))

    def post(client: Client, name: str) -> Any:
        return lambda: client.post(address(name), TYPED)

    found = {
        name: compared(*(post(client, name) for client in clients))
        for name in PAGES
        if name not in OWN | OF_THE_COMPANY
    }

    told = {name: what for name, what in found.items() if what}
    assert {name: what for name, what in told.items() if what != "refused"} == {}
    assert len(told) >= 15, sorted(told)


def test_no_operation_changes_what_one_may_only_look_at(harbour: Customer) -> None:
    client = Client()
    tokens = [secret_of(colleague(harbour, may_edit=each)) for each in (False, True)]

    def ask(token: str, method: str, path: str) -> Any:
        body = json.dumps(BODIES.get(path, {}) | EXTRA.get(path, {}))
        send = getattr(client, method)
        known = {"headers": {"Authorization": f"Bearer {token}"}}
        return lambda: send(f"/api/v1{path}", body, content_type="application/json", **known)

    found = {
        f"{method} {path}": compared(*(ask(token, method, path) for token in tokens))
        for method, path, _scope in OPERATIONS
        if method != "get"
        and (OF_THE_CUSTOMER.search(path) or MARK.search(json.dumps(BODIES.get(path, {}))))
    }

    told = {name: what for name, what in found.items() if what}
    assert {name: what for name, what in told.items() if what != "refused"} == {}
    assert len(told) >= 12, sorted(told)


EXTRA: dict[str, dict[str, Any]] = {
    "/customers/1": {"city": "Leith"},
    "/contacts/1": {"name": "Ada Pier"},
    "/customers/1/addresses": {"street": "Quay 2"},
    "/contacts/1/places/1": {"position": "Buyer"},
    "/customers/1/addresses/1": {"street": "Quay 3"},
    "/interactions/1": {"subject": "Called twice"},
    "/tasks/1": {"title": "Visit twice"},
    "/preferences/customers/1": {"rhythm": "monthly"},
    "/preferences/contacts/1": {"rhythm": "monthly"},
    "/quality/findings/1": {"state": "ignored", "reason": "Known"},
}
