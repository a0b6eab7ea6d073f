"""The check of the file: every customer, some thousand at a time, each part in one transaction.

    facts of a part → what the rules find → what is new, gone or back → scores

A part that is done twice gives the same, so a worker that died goes on where it was.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from mainstay.customers.models import Customer, ExternalReference
from mainstay.customers.quality import queries, rules
from mainstay.customers.quality.models import Finding, Run, Score, State
from mainstay.customers.quality.queries import facts
from mainstay.customers.quality.rules import BEST, Facts, Flaw, Use
from mainstay.shared import statistics
from mainstay.shared.bulk import insert_rows
from mainstay.shared.conditions import among
from mainstay.shared.jobs import current

AT_ONCE = 2000
_FINDING = ("customer", "rule", "contact", "address", "detail", "subject")
_OPENED = ("state", "reason", "found_at")
Known = dict[tuple[int, str, str], tuple[int, str, str]]


def check_all(*, run: Run, today: date) -> None:
    """Check every customer, and note at the run what came of it."""
    uses, out = queries.uses(), queries.bounced_addresses()
    total = Customer.objects.count()
    place = {"after": 0, "done": 0, **current.resumed()}
    while ids := _next_ids(place["after"]):
        with transaction.atomic():
            check(ids, uses, out, today=today, now=run.started_at)
            place = {"after": ids[-1], "done": place["done"] + len(ids)}
            current.checkpoint(place)
        current.report(done=place["done"], total=total, text=_("Checking customers"))
    statistics.renew(place["done"])
    note_outcome(run)


def _next_ids(after: int) -> list[int]:
    rows = Customer.objects.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def check(
    ids: list[int], uses: list[Use], out: frozenset[str], *, today: date, now: datetime
) -> None:
    """Bring findings and scores of the customers up to date."""
    found = {
        each.id: (each, rules.examine(each, uses, today, out))
        for each in facts.of(ids, today, using=connection.alias)
    }
    rows = Finding.objects.filter(among(connection.alias, ids, "customer_id"))
    known: Known = {
        (customer, rule, subject): (pk, state, detail)
        for pk, customer, rule, subject, state, detail in rows.values_list(
            "pk", "customer_id", "rule", "subject", "state", "detail"
        )
    }
    _note(found, known, now)
    ignored = {key for key, (_pk, state, _detail) in known.items() if state == State.IGNORED}
    _write_scores(ids, found, ignored, uses, now)


def _note(found: dict[int, tuple[Facts, list[Flaw]]], known: Known, now: datetime) -> None:
    """Write what is new, reopen what is back, close what is gone."""
    flaws = {
        (customer, flaw.rule, flaw.subject): flaw
        for customer, (_facts, each) in found.items()
        for flaw in each
    }
    new = [(key[0], flaw) for key, flaw in flaws.items() if key not in known]
    insert_rows(
        Finding, (*_FINDING, *_OPENED), [_row(customer, flaw, now) for customer, flaw in new]
    )
    gone = [pk for key, (pk, state, _) in known.items() if key not in flaws and state != "fixed"]
    close(gone, now)
    for key, (pk, state, detail) in known.items():
        flaw = flaws.get(key)
        if flaw and (state == State.FIXED or detail != flaw.detail):
            _reopen(pk, flaw.detail, state, now)


def _row(customer: int, flaw: Flaw, now: datetime) -> tuple[Any, ...]:
    at = connection.ops.adapt_datetimefield_value(now)
    return (customer, *flaw, flaw.subject, State.OPEN.value, "", at)


def close(pks: list[int], now: datetime, by: Any = None) -> None:
    rows = Finding.objects.filter(among(connection.alias, pks))
    rows.update(state=State.FIXED, closed_at=now, closed_by=by)


def _reopen(pk: int, detail: str, state: str, now: datetime) -> None:
    """Put a finding back on the worklist: it came again, or shows another value."""
    opened = {"state": State.OPEN, "found_at": now, "closed_at": None, "closed_by": None}
    changes: dict[str, Any] = {"detail": detail, **(opened if state != State.OPEN else {})}
    Finding.objects.filter(pk=pk).update(**changes)


def _write_scores(
    ids: list[int],
    found: dict[int, tuple[Facts, list[Flaw]]],
    ignored: set[tuple[int, str, str]],
    uses: list[Use],
    now: datetime,
) -> None:
    Score.objects.filter(among(connection.alias, ids, "customer_id")).delete()
    at = connection.ops.adapt_datetimefield_value(now)
    rows = []
    for customer, (each, flaws) in found.items():
        counted = [f.rule for f in flaws if (customer, f.rule, f.subject) not in ignored]
        wanting = list(dict.fromkeys(counted))
        rows.append((customer, rules.score(each, uses, wanting), ",".join(wanting), at))
    insert_rows(Score, ("customer", "score", "flaws", "checked_at"), rows)


def note_outcome(run: Run) -> None:
    """Write the run's sums."""
    whole = Score.objects.aggregate(
        n=Count("pk"),
        total=Sum("score"),
        squares=Sum(F("score") * F("score")),
        clean=Count("pk", filter=Q(score=BEST)),
    )
    run.customers, run.flawless = whole["n"], whole["clean"]
    run.total, run.squares = whole["total"] or 0, whole["squares"] or 0
    run.rules = dict(_wanting(Score.objects.values_list("flaws").annotate(n=Count("pk"))))
    run.sources = _by_source()
    run.found = Finding.objects.filter(found_at=run.started_at).count()
    fixed = Finding.objects.filter(state=State.FIXED)
    since = queries.latest_run()
    run.fixed = fixed.filter(closed_at__gt=since.started_at).count() if since else 0


def _wanting(rows: Iterable[tuple[str, int]]) -> Counter[str]:
    """Return how many customers do not meet each rule."""
    found: Counter[str] = Counter()
    for flaws, n in rows:
        for key in filter(None, flaws.split(",")):
            found[key] += n
    return found


def _by_source() -> list[list[Any]]:
    """Return source, customers, sum and sum of squares; "" are those that no source knows."""
    rows = ExternalReference.objects.order_by().values("source__name")
    squares = F("customer__quality__score") * F("customer__quality__score")
    known = rows.filter(customer__quality__isnull=False).annotate(
        n=Count("pk"), total=Sum("customer__quality__score"), squares=Sum(squares)
    )
    found = [list(row) for row in known.values_list("source__name", "n", "total", "squares")]
    by_hand = Score.objects.filter(customer__references=None).aggregate(
        n=Count("pk"), total=Sum("score"), squares=Sum(F("score") * F("score"))
    )
    if by_hand["n"]:
        found.append(["", by_hand["n"], by_hand["total"], by_hand["squares"]])
    return sorted(found, key=lambda row: -row[1])
