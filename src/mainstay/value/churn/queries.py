"""Reads of lost customers, the rule, the reasons and the cases."""

from datetime import date
from typing import Any

import pyarrow as pa
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from mainstay.customers.queries import everybody, reach
from mainstay.orders.queries import terms_of_contracts
from mainstay.value.models import (
    LossNote,
    LossReason,
    LossRule,
    LostCustomer,
    RetentionCase,
    ValueRun,
)

from .rules import NOT_NOTED, PRESETS


def rule() -> LossRule:
    """Return the rule as it stands; the shipped one until somebody chooses."""
    return LossRule.objects.order_by("pk").first() or LossRule()


def contracts() -> pa.Table:
    """Return the terms of all contracts for the analysis."""
    from mainstay.analysis.value.churn import CONTRACTS

    rows = list(terms_of_contracts())
    columns = zip(*rows, strict=True) if rows else [()] * len(CONTRACTS)
    arrays = [pa.array(c, field.type) for c, field in zip(columns, CONTRACTS, strict=True)]
    return pa.table(arrays, schema=CONTRACTS)


def reasons(*, archived: bool = False) -> dict[str, str]:
    """Return the reasons by key: shipped ones, renamed ones, and the company's own."""
    own = {row.key: row for row in LossReason.objects.order_by("name")}
    put_away = {key for key, row in own.items() if row.archived_at} if not archived else set()
    names = {key: str(name) for key, name in PRESETS.items()}
    names |= {key: row.name for key, row in own.items()}
    return {key: name for key, name in names.items() if key not in put_away}


def archived_reasons() -> set[str]:
    rows = LossReason.objects.exclude(archived_at=None)
    return set(rows.values_list("key", flat=True))


def losses(run: ValueRun, *, user: Any) -> QuerySet[LostCustomer]:
    """Return the losses of a run among the customers that the user may see."""
    return LostCustomer.objects.filter(reach(user, "customer__"), run=run)


def narrowed_losses(
    run_id: int | None,
    *,
    user: Any,
    lost_from: date | None = None,
    lost_until: date | None = None,
    reason: str = "",
    not_back: bool | None = None,
) -> QuerySet[LostCustomer]:
    """Return the losses of a run that fit, among the customers that the user may see."""
    rows = LostCustomer.objects.filter(reach(user, "customer__"), run=run_id)
    wishes = {
        "lost_on__gte": lost_from,
        "lost_on__lte": lost_until,
        "came_back_on__isnull": not_back,
        "customer__in": whose_reason_is(reason) if reason else None,
    }
    return rows.filter(**{name: wish for name, wish in wishes.items() if wish is not None})


def largest_losses(run: ValueRun, *, user: Any, since: date, limit: int = 10) -> list[LostCustomer]:
    """Return who was lost since a day and is not back, the most valuable first."""
    rows = losses(run, user=user).filter(lost_on__gte=since, came_back_on=None)
    latest = latest_notes().filter(customer=OuterRef("customer")).values("reason")[:1]
    noted = rows.annotate(reason=Subquery(latest)).select_related("customer")
    return list(noted.order_by("-yearly_minor", "customer")[:limit])


def latest_notes() -> QuerySet[LossNote]:
    """Return all notes, the latest of each customer first: only to narrow visible customers."""
    return LossNote.objects.order_by("-noted_on", "-pk")


def by_reason(run: ValueRun, *, since: date, until: date) -> dict[str, tuple[int, int]]:
    """Return how many were lost in the days [since, until) for each reason noted, and their value.

    The latest note of a customer counts; whoever has none is under NOT_NOTED.
    """
    rows = LostCustomer.objects.filter(run=run, lost_on__gte=since, lost_on__lt=until)
    everybody = rows.aggregate(n=Count("pk"), minor=Sum("yearly_minor"))
    latest = latest_notes().filter(customer=OuterRef("customer")).values("reason")[:1]
    noted = rows.filter(customer__in=LossNote.objects.values("customer"))
    counted = noted.annotate(reason=Subquery(latest)).values("reason")
    found = {
        row["reason"]: (row["n"], row["minor"])
        for row in counted.annotate(n=Count("pk"), minor=Sum("yearly_minor")).order_by("-n")
    }
    known = [sum(pair[place] for pair in found.values()) for place in (0, 1)]
    return found | {NOT_NOTED: (everybody["n"] - known[0], (everybody["minor"] or 0) - known[1])}


def whose_reason_is(key: str) -> QuerySet[Any, Any]:
    """Return the numbers of customers whose latest note gives a reason; NOT_NOTED: no note."""
    if key == NOT_NOTED:
        return everybody().exclude(pk__in=LossNote.objects.values("customer")).values("pk")
    latest = latest_notes().filter(customer=OuterRef("customer")).values("pk")[:1]
    rows = LossNote.objects.filter(reason=key, pk=Subquery(latest))
    return rows.values("customer")


def notes_of(customer_id: int) -> QuerySet[LossNote]:
    rows = LossNote.objects.filter(customer=customer_id)
    return rows.select_related("by").order_by("-noted_on", "-pk")


def latest_loss(run_id: int, customer_id: int) -> LostCustomer | None:
    """Return the customer's latest loss in a run; the customer was looked up as visible."""
    rows = LostCustomer.objects.filter(run=run_id, customer=customer_id)
    return rows.order_by("-lost_on").first()


def cases() -> QuerySet[RetentionCase]:
    """Return the cases that are weighed, the latest first."""
    return RetentionCase.objects.filter(archived_at=None).select_related("by").order_by("-pk")
