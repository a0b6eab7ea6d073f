"""One change to 100,000 customers, and taking it back, as the job of the list does it.

    MAINSTAY_DATABASE_URL=… python -m benchmarks.bulk [--customers N]

The database must be empty; it is migrated and filled first. Each change goes through the action in
the job's own parts, each a transaction with its audit rows. CPU is this process's, without
PostgreSQL's server.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

LIMIT_SECONDS = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    count = parser.parse_args().customers
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
    django.setup()
    from benchmarks.database import described

    user, other = _prepare(count)
    print(f"{described()['version']}, {count:,} customers\n\n| | wall s | CPU s |\n|---|---|---|")
    for name, kind, value in _changes(other):
        _show(name, lambda kind=kind, value=value: _change(user, kind, value))
        _show(f"{name}, undone", lambda: _undo(user))


def _changes(other: Any) -> Iterator[tuple[str, str, str]]:
    grade, slogan = {"field": "grade", "value": "A"}, {"field": "slogan", "value": "Always near"}
    yield "owner", "owner", str(other.pk)
    yield "tag", "tag", "Key"
    yield "own field, one of a list", "field", json.dumps(grade)
    yield "own field, a text that the search knows", "field", json.dumps(slogan)


def _prepare(count: int) -> tuple[Any, Any]:
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone

    from benchmarks.page_data import _customers, _fill, _people
    from mainstay.customers.custom_fields.actions import add_field
    from mainstay.customers.models import Customer
    from mainstay.people.models import User

    call_command("migrate", verbosity=0)
    if Customer.objects.exists():
        raise SystemExit("This database holds customers; name an empty one.")
    import random

    with transaction.atomic():
        _people()
    _fill(Customer, _customers(random.Random(1), count))
    now = timezone.now()
    grade = {"subject": "customer", "type": "choice", "label": "Grade", "answers": ["A", "B"]}
    add_field(by=None, now=now, values=grade)
    add_field(by=None, now=now, values={"subject": "customer", "type": "text", "label": "Slogan"})
    return User.objects.get(role="administrator"), User.objects.get(pk=1)


def _change(user: Any, kind: str, value: str) -> int:
    """Do what the job does, as one job: its parts are one change."""
    from uuid import uuid4

    from django.utils import timezone

    from mainstay.customers.actions import change_many
    from mainstay.customers.models import Customer
    from mainstay.customers.tasks import AT_ONCE
    from mainstay.shared.jobs import current

    ids = list(Customer.objects.order_by("pk").values_list("pk", flat=True))
    job, told = uuid4(), current.job_id
    current.job_id = lambda: job
    try:
        about: dict[str, Any] = {"by": user, "kind": kind, "value": value}
        parts = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
        return sum(change_many(**about, now=timezone.now(), ids=part) for part in parts)
    finally:
        current.job_id = told


def _undo(user: Any) -> int:
    from django.utils import timezone

    from mainstay.customers.changes import actions
    from mainstay.customers.changes.models import ManyChange

    change = ManyChange.objects.latest("pk")
    actions.begin_undo(by=user, now=timezone.now(), change=change)
    actions.undo_all(by=change.made_by, now=timezone.now(), change=change)
    change.refresh_from_db()
    return int(change.undone_count)


def _show(name: str, work: Callable[[], int]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    number = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"| {name} ({number:,}) | {wall:.1f} | {cpu:.1f} |", flush=True)


if __name__ == "__main__":
    main()
