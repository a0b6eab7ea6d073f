"""What else a large base holds for `pages.py`: tasks, own fields, stages, findings, pairs, groups.

Written by the database from the numbers of the rows, so both databases hold the same.
"""

import sys
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from benchmarks.page_data import START, USERS, restart_numbers
from benchmarks.page_talks import drawn, numbered
from mainstay.analysis.matching.comparisons import RULES_VERSION
from mainstay.customers.custom_fields.models import CustomerValue, Definition
from mainstay.customers.duplicates.models import Pair, Scan
from mainstay.customers.lifecycle import queries
from mainstay.customers.lifecycle.models import Snapshot, Standing
from mainstay.customers.quality.models import Finding, Run, Score
from mainstay.customers.segments.models import Membership, Segment
from mainstay.customers.todo.models import Task

TASKS, FINDINGS, PAIRS, MEMBERS = 200_000, 300_000, 20_000, 50_000
_NOW, _TODAY = f"'{START:%Y-%m-%d} 00:00:00+00'", f"'{START:%Y-%m-%d}'"
_STAGES = ("suspect", "first_time", "repeat", "client", "inactive", "former")
_RULES = ("no_email", "no_phone", "no_owner", "few_contacts")


def fill(customers: int) -> bool:
    """Write what is not there yet, every kind of row by one statement; answer whether it was."""
    few = min(1.0, customers / 1_000_000)
    parts: list[tuple[type[Model], int, Callable[[int], dict[str, str]]]] = [
        (Task, int(TASKS * few), _tasks),
        (Standing, customers, _standings),
        (Score, customers, _scores),
        (Finding, int(FINDINGS * few), _findings),
        (Pair, int(PAIRS * few), _pairs),
        (CustomerValue, customers // 5, _own_values),
        (Membership, int(MEMBERS * few), _members),
    ]
    missing = [part for part in parts if not part[0]._default_manager.exists()]
    for model, count, columns in missing:
        _write(model, count, columns(customers))
    computed = _computed(customers)
    return bool(missing) or computed


def _write(model: type[Model], count: int, columns: dict[str, str]) -> None:
    table = model._meta.db_table
    print(f"  writing {table}", file=sys.stderr)
    names, values = ", ".join(columns), ", ".join(columns.values())
    rows = f"SELECT n, {values} FROM {numbered(1, count)}"  # noqa: S608  names are our own
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} (id, {names}) {rows}")
    restart_numbers(model)


def _one_of(texts: tuple[str, ...], step: int) -> str:
    cases = " ".join(f"WHEN {place} THEN '{text}'" for place, text in enumerate(texts))
    return f"CASE {drawn(step, len(texts))} {cases} END"


def _day(step: int, days: int, first: str = "2023-01-01") -> str:
    if connection.vendor == "sqlite":
        return f"date('{first}', '+' || {drawn(step, days)} || ' days')"
    return f"date '{first}' + CAST({drawn(step, days)} AS integer)"


def _stamp() -> str:
    return (
        f"'{START:%Y-%m-%d} 00:00:00'" if connection.vendor == "sqlite" else f"timestamptz {_NOW}"
    )


def _number(of: str) -> str:
    """Return the row's number as thirty-two hexadecimal signs, as a UUID is kept."""
    if connection.vendor == "sqlite":
        return f"printf('%032x', {of})"
    return f"CAST(lpad(to_hex({of}), 32, '0') AS uuid)"


def _customer(customers: int, step: int = 16807) -> str:
    return f"{drawn(step, customers)} + 1"


def _tasks(customers: int) -> dict[str, str]:
    done = "n % 3 = 0"
    return {
        "uid": _number("n"),
        "title": "'Call about offer ' || n",
        "notes": "''",
        "customer_id": _customer(customers),
        "assignee_id": f"{drawn(48271, USERS)} + 1",
        "due_date": _day(69621, 1000, "2025-01-01"),
        "time_zone": "'UTC'",
        "repeat_unit": "''",
        "priority": "5",
        "state": f"CASE WHEN {done} THEN 'done' ELSE 'open' END",
        "done_at": f"CASE WHEN {done} THEN {_stamp()} END",
        "version": "1",
        "created_at": _stamp(),
        "updated_at": _stamp(),
    }


def _standings(customers: int) -> dict[str, str]:
    return {
        "customer_id": "n",
        "stage": _one_of(_STAGES, 40014),
        "since": _day(39373, 900),
        "reason": "'ordered'",
        "by_hand": "false",
    }


def _computed(customers: int) -> bool:
    """Note a computation of the stages as they were written; answer whether there was none."""
    if Snapshot.objects.exists():
        return False
    quarters = [f"{year}-{month:02d}-01" for year in range(2020, 2026) for month in (1, 4, 7, 10)]
    n = customers // len(quarters)
    cohorts = [
        {"stage": stage, "channel": None, "quarter": day, "entered": n, "converted": n // 3}
        for stage in _STAGES
        for day in quarters
    ]
    medians = {"median": 90.0, "low": 80.0, "high": 100.0}
    times = [{"stage": stage, "n": n, "left": n // 2, **medians} for stage in _STAGES]
    counted = {"stages": queries.every_count(), "last_step": queries.last_step()}
    Snapshot.objects.create(
        as_of=START.date(),
        made_at=timezone.now(),
        customers=customers,
        changed=0,
        thresholds={"window_months": 12},
        figures={"cohorts": cohorts, "times": {"": times}, **counted},
    )
    return True


def _scores(customers: int) -> dict[str, str]:
    score = f"40 + {drawn(45991, 61)}"
    return {"customer_id": "n", "score": score, "flaws": "'no_phone'", "checked_at": _stamp()}


def _findings(customers: int) -> dict[str, str]:
    Run.objects.create(started_at=timezone.now(), finished_at=timezone.now(), customers=customers)
    return {
        # Each customer at most once for a rule.
        "customer_id": f"n * 3 % {customers} + 1",
        "rule": _one_of(_RULES, 62089911),
        "subject": "''",
        "detail": "''",
        "state": "CASE WHEN n % 10 = 0 THEN 'fixed' ELSE 'open' END",
        "reason": "''",
        "found_at": _stamp(),
    }


def _pairs(customers: int) -> dict[str, str]:
    scan = Scan.objects.create(
        as_of=timezone.now(),
        state="complete",
        finished_at=timezone.now(),
        rules_version=RULES_VERSION,
    )
    return {
        "left_id": "n",
        "right_id": f"n + {customers // 2}",
        "scan_id": str(scan.pk),
        "kind": "'organisation'",
        "probability": f"0.5 + {drawn(1343714438, 5000)} / 10000.0",
        "weight": "7.5",
        "waterfall": "'[]'" if connection.vendor == "sqlite" else "jsonb '[]'",
        "zone": "'ask'",
        "state": "'open'",
        "left_print": "''",
        "right_print": "''",
        "created_at": _stamp(),
        "updated_at": _stamp(),
    }


def _own_values(customers: int) -> dict[str, str]:
    """Every fifth customer has an answer in a field of whole numbers."""
    field = Definition.objects.create(
        subject="customer", key="fleet", label="Lorries", type="whole", position=1
    )
    return {
        "customer_id": "n * 5",
        "field_id": str(field.pk),
        "number": f"{drawn(630360016, 200)}",
        "text": "''",
        "long_text": "''",
        "slot": "0",
    }


def _members(customers: int) -> dict[str, str]:
    """A fixed list, and a rule of country and class beside it."""
    admin: dict[str, Any] = {"sharing": "all", "owner_id": USERS}
    fixed = Segment.objects.create(name="Fair in May", kind="static", members=MEMBERS, **admin)
    return {
        "segment_id": str(fixed.pk),
        "customer_id": f"n * 19 % {customers} + 1",
        "entered_on": _day(397204094, 300),
    }
