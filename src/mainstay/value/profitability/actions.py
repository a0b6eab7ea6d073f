"""Start, compute and publish runs of customer profitability; decide on treatments."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mainstay.customers import queries as customers
from mainstay.customers.actions import may_edit
from mainstay.orders import queries as orders
from mainstay.people.permissions import can, require
from mainstay.people.queries import company
from mainstay.records.actions import record
from mainstay.shared import versions
from mainstay.shared.jobs import current
from mainstay.value import snapshots
from mainstay.value.net_value.models import NetValue
from mainstay.value.states import RunState

from .models import CustomerProfit, DecisionState, ProfitCell, ProfitRun, TreatmentDecision
from .rules import frozen

if TYPE_CHECKING:
    from mainstay.analysis.value.profitability import Profitability

HIGH = 0.10  # net profit of revenue from which a cell of the matrix is ++
KEPT = 1  # earlier runs whose rows stay beside those of the one shown
DECISION_FIELDS = ("state", "assignee", "note")


class CannotCost(Exception):
    """Profitability cannot be computed, for the reason that the text gives."""


def start_run(*, by: Any, as_of: date, now: datetime) -> ProfitRun:
    """Order the profitability of the year up to a day; the worker computes it."""
    require(by, "value.run")
    if as_of > localdate(now, ZoneInfo(company().time_zone)):
        raise CannotCost(_("The as-of day lies in the future; choose today or an earlier day."))
    with transaction.atomic():
        run = add_run(by=by, as_of=as_of, now=now)
        _enqueue(run)
    return run


def add_run(
    *, by: Any, as_of: date, now: datetime, source_url: str = "", source_name: str = ""
) -> ProfitRun:
    """Add a waiting run with the activities as they stand frozen in it."""
    own = company()
    with transaction.atomic():
        run = ProfitRun.objects.create(
            as_of=as_of,
            source_url=source_url or settings.MIRROR_URL,
            source_name=source_name,
            parameters={
                "currency": own.currency,
                "time_zone": own.time_zone,
                "default_margin": float(own.default_margin),
                "high": HIGH,
                "activities": [frozen(each) for each in orders.activities()],
            },
            started_by=by,
        )
        new = {"as_of": str(as_of), "activities": len(run.parameters["activities"])}
        record(by=by, verb="profit_run.started", target=run, new=new, now=now)
    return run


def follow(*, run: Any, now: datetime) -> ProfitRun:
    """Order the profitability as of the same day and source as a value run that was published."""
    source = {"source_url": run.source_url, "source_name": run.source_name}
    found = add_run(by=run.started_by, as_of=run.as_of, now=now, **source)
    if run.job_id:
        _enqueue(found)
    return found


def _enqueue(run: ProfitRun) -> None:
    from .tasks import compute_profit  # tasks stand on actions; this only names its successor

    run.job_id = compute_profit.using(by=run.started_by).enqueue(run_id=run.pk).id
    run.save(update_fields=["job_id"])


def begin(*, run: ProfitRun, now: datetime) -> None:
    """Mark the run as running and drop what an interrupted attempt has stored."""
    _drop_stored(run)
    snapshots.begin(run, now=now)


def store(*, run: ProfitRun, found: "Profitability") -> None:
    """Store customers and cells, unseen until the run is published."""
    snapshots.store(CustomerProfit, run=run, rows=found.customers)
    snapshots.store(ProfitCell, run=run, rows=found.cells)


def publish(*, run: ProfitRun, summary: dict[str, Any], now: datetime) -> None:
    """Complete the run and show it everywhere instead of the earlier one, at once."""
    with transaction.atomic():
        current.checkpoint({"published": True})
        number = CustomerProfit.objects.filter(run=run).count()
        snapshots.switch(run, summary=summary, customer_count=number, finished_at=now)
        new = {"customers": number, "net_profit_minor": summary["net_profit_minor"]}
        record(by=run.started_by, verb="profit_run.published", target=run, new=new, now=now)


def forget_old() -> None:
    """Drop the rows that nobody sees any more: old runs', and the cells of all but the shown."""
    complete = ProfitRun.objects.filter(state=RunState.COMPLETE, customer_count__gt=0)
    hidden = complete.filter(is_current=False).order_by("-pk")
    for place, run in enumerate(hidden):
        _drop_cells(run)
        if place >= KEPT:
            _drop_stored(run)
            ProfitRun.objects.filter(pk=run.pk).update(customer_count=0)


def stop(*, run: ProfitRun, state: RunState, reason: str, now: datetime) -> None:
    """End the run without a result, with the reason that the page shows."""
    _drop_stored(run)
    snapshots.end(run, verb="profit_run", state=state, reason=reason, now=now)


def _drop_stored(run: ProfitRun) -> None:
    _drop_cells(run)
    snapshots.drop(CustomerProfit.objects.filter(run=run))
    snapshots.drop(NetValue.objects.filter(run=run))


def _drop_cells(run: ProfitRun) -> None:
    along = ("category", "sign", "customer")
    snapshots.drop(ProfitCell.objects.filter(run=run), along=along)


@transaction.atomic
def decide(
    *, by: Any, now: datetime, customer: Any, values: Mapping[str, Any], version: int | None = None
) -> TreatmentDecision:
    """Keep what was decided about an unprofitable customer: state, who sees to it, a note."""
    require(by, "customers.edit")
    require(by, "money.view")
    if not customers.visible_to(by).filter(pk=customer.pk).exists():
        raise ValidationError(_("There is no such customer, or it is not yours to see."))
    may_edit(by, customer=customer)
    row: TreatmentDecision
    row, _made = TreatmentDecision.objects.get_or_create(customer=customer)
    row = versions.locked(TreatmentDecision.objects.all(), row.pk, version)
    wanted = {name: values[name] for name in DECISION_FIELDS if name in values}
    old, new = versions.apply(row, wanted)
    _refuse(row)
    if new:
        row.version += 1
        row.save()
        record(by=by, verb="treatment.decided", target=customer, old=old, new=new, now=now)
    return row


def _refuse(row: TreatmentDecision) -> None:
    if row.state == DecisionState.DECLINED and not row.note.strip():
        raise ValidationError({"note": _("Say why it was declined, so that nobody asks again.")})
    if row.assignee is not None and not can(row.assignee, "customers.view"):
        text = _("%(name)s cannot see customers; choose somebody else.")
        raise ValidationError({"assignee": text % {"name": row.assignee}})


@transaction.atomic
def decide_many(*, by: Any, now: datetime, ids: list[int], values: Mapping[str, Any]) -> int:
    """Decide the same for many rows of the worklist; return how many."""
    rows = CustomerProfit.objects.filter(pk__in=ids, customer__in=customers.visible_to(by))
    found = [row.customer for row in rows.select_related("customer").order_by("pk")]
    for customer in found:
        decide(by=by, now=now, customer=customer, values=values)
    return len(found)
