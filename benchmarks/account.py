"""Processor time of the pages of one rich key account, and of its plan on paper.

    python -m benchmarks.account sqlite:////tmp/account.sqlite3

An empty database is filled first: 30 contacts, 500 actions, 10,000 interactions, 6 services judged
ten times each. Every page is asked for ROUNDS times through Django's test client.
"""

import os
import statistics
import sys
import time
from datetime import timedelta
from typing import Any

ROUNDS = 20
CONTACTS, ACTIONS, INTERACTIONS, SERVICES, JUDGED = 30, 500, 10_000, 6, 10
PAGES = ("account", "certainty", "actions", "team", "plan", "plan_length", "plan_pdf")


def fill() -> Any:
    """Return the owner of the account."""
    from django.utils import timezone

    from mainstay.account_plans.models import KeyAccount
    from mainstay.account_plans.workspace.queries import account
    from mainstay.customers.models import Affiliation, Contact, Customer, Interaction
    from mainstay.people.models import User

    now = timezone.now()
    owner = User.objects.create(email="owner@example.com", name="Olga", role="manager")
    customer = Customer.objects.create(name="RL", sort_name="rl", owner=owner)
    KeyAccount.objects.create(customer=customer, by=owner)
    contacts = Contact.objects.bulk_create(
        Contact(name=f"Contact {n}", sort_name=f"contact {n:02}") for n in range(CONTACTS)
    )
    Affiliation.objects.bulk_create(Affiliation(contact=c, customer=customer) for c in contacts)
    Interaction.objects.bulk_create(
        Interaction(
            customer=customer,
            contact=contacts[n % CONTACTS],
            channel="call",
            subject=f"Call {n}",
            occurred_at=now - timedelta(hours=n),
        )
        for n in range(INTERACTIONS)
    )
    seen = account(owner, customer.pk)
    _judge(seen, now)
    _plan(seen, contacts, now)
    return owner


def _judge(account: Any, now: Any) -> None:
    from mainstay.account_plans.certainty import actions

    known = {"by": account.user, "now": now, "account": account}
    for n in range(SERVICES):
        row = actions.set_offering(**known, values={"name": f"Service {n}"})
        for step in range(JUDGED):
            for kind in ("need", "market", "transaction"):
                values = {"present": 1 + step % 3, "wanted": 3, "evidence": f"Seen {step}."}
                actions.rate(**known, offering=row, kind=kind, values=values)


def _plan(account: Any, contacts: list[Any], now: Any) -> None:
    from mainstay.account_plans.action_plans import actions

    known = {"by": account.user, "now": now, "account": account}
    for n, contact in enumerate(contacts):
        values = {
            "contact": contact,
            "person": contact.name,
            "roles": ["buyer"],
            "goals": "quality, risk reduction",
            "tactics": ["need.keep", "transaction.improve"],
            "relations": ["trust"],
            "ours": account.user,
        }
        line = actions.set_line(**known, values=values)
        for step in range(n, ACTIONS, CONTACTS):
            due = (now + timedelta(days=step)).date()
            values = {"title": f"Action {step} that is to be done", "due_date": due}
            actions.plan(**known, line=line, values=values)


def measure(owner: Any) -> None:
    from django.test import Client
    from django.urls import reverse

    from mainstay.account_plans.models import KeyAccount

    client = Client(headers={"host": "localhost"})
    client.force_login(owner)
    number = KeyAccount.objects.get().customer_id
    for name in PAGES:
        path, times = reverse(f"accounts:{name}", args=[number]), []
        for _round in range(ROUNDS if not name.startswith("plan_") else 5):
            before = time.process_time()
            answer = client.get(path)
            times.append((time.process_time() - before) * 1000)
            assert answer.status_code == 200, (path, answer.status_code)
        first, *others = times
        others.sort()
        p95 = others[int(len(others) * 0.95) - 1]
        told = f"{statistics.median(others):7.1f} {p95:7.1f} {first:7.1f}"
        print(f"{name:12} {told}  ms of CPU: median, p95, first · {len(answer.content):,} bytes")


def main() -> None:
    os.environ["MAINSTAY_DATABASE_URL"] = sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from mainstay.people.models import User

    call_command("migrate", verbosity=0)
    owner = User.objects.filter(email="owner@example.com").first() or fill()
    measure(owner)


if __name__ == "__main__":
    main()
