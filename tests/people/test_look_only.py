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
# A colleague's own lists and links: what they hold of the customer is no part of its record.
OWN = {"segments:members", "sharing:who_sees", "sharing:stop"}


@pytest.fixture
def harbour(owner: Any) -> Customer:
    customer = hidden_world.make(owner)
    InteractionFactory(pk=1, customer=customer)
    Task.objects.create(pk=1, title="Visit", customer=customer, assignee=owner, made_by=owner)
    Contract.objects.create(pk=1, customer=customer, reference="C-1", starts="2026-01-01")
    return customer


def colleague(customer: Customer, *, may_edit: bool) -> Any:
    user = UserFactory(role="manager", reach="own")
    known = {"by": customer.owner, "now": timezone.now(), "customer": customer}
    share(**known, user=user, may_edit=may_edit)
    Customer.objects.exclude(pk=customer.pk).update(owner=user, team=user.team)
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


def compared(looking: Any, changing: Any, told: str) -> bool:
    """Check one write; answer whether the colleague who may change changed something."""
    status, text, noted = tried(looking)
    changes = tried(changing)[2]
    assert not noted, f"{told}: {status}"
    if changes:
        assert status == 403, f"{told}: {status}"
        assert "to look at" in text, told
    return changes


def test_no_page_changes_what_one_may_only_look_at(harbour: Customer) -> None:
    clients = Client(), Client()
    for client, may_edit in zip(clients, (False, True), strict=True):
        client.force_login(colleague(harbour, may_edit=may_edit))
    looking, changing = clients

    def post(client: Client, name: str) -> Any:
        return lambda: client.post(address(name), TYPED)

    changed = {
        name
        for name in PAGES
        if name not in OWN and compared(post(looking, name), post(changing, name), name)
    }

    assert len(changed) >= 15, sorted(changed)


def test_no_operation_changes_what_one_may_only_look_at(harbour: Customer) -> None:
    client = Client()
    tokens = [secret_of(colleague(harbour, may_edit=each)) for each in (False, True)]

    def ask(token: str, method: str, path: str) -> Any:
        body = json.dumps(BODIES.get(path, {}) | EXTRA.get(path, {}))
        send = getattr(client, method)
        known = {"headers": {"Authorization": f"Bearer {token}"}}
        return lambda: send(f"/api/v1{path}", body, content_type="application/json", **known)

    changed = {
        f"{method} {path}"
        for method, path, _scope in OPERATIONS
        if method != "get"
        and (OF_THE_CUSTOMER.search(path) or MARK.search(json.dumps(BODIES.get(path, {}))))
        and compared(ask(tokens[0], method, path), ask(tokens[1], method, path), f"{method} {path}")
    }

    assert len(changed) >= 12, sorted(changed)


EXTRA: dict[str, dict[str, Any]] = {
    "/customers/1": {"city": "Leith"},
    "/contacts/1": {"name": "Ada Pier"},
    "/customers/1/addresses": {"street": "Quay 2"},
    "/customers/1/addresses/1": {"street": "Quay 3"},
    "/interactions/1": {"subject": "Called twice"},
    "/tasks/1": {"title": "Visit twice"},
    "/preferences/customers/1": {"rhythm": "monthly"},
    "/preferences/contacts/1": {"rhythm": "monthly"},
    "/quality/findings/1": {"state": "ignored", "reason": "Known"},
}
