"""Reads of value runs and what they say of each customer."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
from django.db.models import F, QuerySet

from mainstay.customers.queries import everybody, known_as, reach
from mainstay.people.queries import company
from mainstay.shared.jobs import queries as jobs
from mainstay.shared.money import digits

from .models import BoardPack, CustomerValue, ProfitRun, RunPart, RunState, ValueRun

SILENT = timedelta(hours=2)  # after which a run without a job counts as broken off
BROKEN_OFF = "The program that computed this run ended before it was done. Start a new run."
AT_RISK_BELOW = 0.5  # P(alive) under which a customer of classes A and B is shown as at risk


def current_run() -> ValueRun | None:
    """Return the run that every page shows; None until the first is complete."""
    return ValueRun.objects.filter(is_current=True).first()


def current_number() -> int | None:
    """Return the number of `current_run()` without its summary, which is long."""
    return ValueRun.objects.filter(is_current=True).values_list("pk", flat=True).first()


def current_part(key: str) -> RunPart | None:
    """Return what the current run says of a topic, the run beside it without its summary."""
    rows = RunPart.objects.filter(run__is_current=True, key=key)
    return rows.select_related("run").defer("run__summary").first()


def of_summary(run_id: int, *names: str) -> dict[str, Any]:
    """Return some entries of a run's summary, which is long."""
    paths = [f"summary__{name}" for name in names]
    values = ValueRun.objects.filter(pk=run_id).values_list(*paths).first()
    return dict(zip(names, values or (), strict=True))


def latest_run() -> ValueRun | None:
    """Return the run started last, whatever became of it."""
    return ValueRun.objects.order_by("-id").first()


def runs() -> QuerySet[ValueRun]:
    """Return all runs, the latest first."""
    return ValueRun.objects.select_related("started_by").order_by("-id")


def run(*, pk: int) -> ValueRun | None:
    return ValueRun.objects.filter(pk=pk).first()


def run_before(run: ValueRun) -> ValueRun | None:
    """Return the complete run before this one, in the same currency."""
    return _complete_like(run).filter(pk__lt=run.pk, customer_count__gt=0).order_by("-pk").first()


def run_as_of(run: ValueRun, until: date) -> ValueRun | None:
    """Return the last complete run as of the day or earlier, in the currency of `run`."""
    rows = _complete_like(run).filter(as_of__lte=until, as_of__lt=run.as_of).defer("summary")
    return rows.order_by("-as_of", "-pk").first()


def _complete_like(run: ValueRun) -> QuerySet[ValueRun]:
    return ValueRun.objects.filter(
        state=RunState.COMPLETE, forgotten_at=None, parameters__currency=run.parameters["currency"]
    )


def classes_of(customers: list[int], *, run: ValueRun | None) -> dict[int, str]:
    """Return the class of each of the customers that the run has."""
    rows = CustomerValue.objects.filter(run=run, customer__in=customers)
    return dict(rows.values_list("customer", "abc_class"))


def hidden_runs() -> QuerySet[ValueRun]:
    """Return the complete runs that still know their customers, and that no page needs.

    The current run is needed, and the one that it is compared with.
    """
    complete = ValueRun.objects.filter(state=RunState.COMPLETE, forgotten_at=None)
    shown = current_number()
    before = (of_summary(shown, "before")["before"] or {}).get("run") if shown else None
    needed = [number for number in (shown, before) if number]
    return complete.exclude(pk__in=needed).defer("summary").order_by("pk")


def equity(summary: dict[str, Any]) -> float | None:
    """Return the customer equity that a run's summary states, if it could be computed."""
    found = (summary.get("expected") or {}).get("equity_minor")
    return float(found["mean"]) if found else None


def names_in(source_name: str) -> pa.Table:
    """Return how a source of order lines names each customer we know: `name` and `ours`.

    Without a source name the names are our own numbers.
    """
    if source_name:
        pairs = list(known_as(source_name).iterator(chunk_size=50_000))
        names, ours = zip(*pairs, strict=True) if pairs else ((), ())
    else:
        ours = tuple(everybody().values_list("pk", flat=True).iterator(chunk_size=50_000))
        names = tuple(map(str, ours))
    return pa.table({"name": pa.array(names, pa.string()), "ours": pa.array(ours, pa.int64())})


def outcome(run: ValueRun | ProfitRun | BoardPack, *, now: datetime) -> tuple[RunState, str]:
    """Return the state and the reason of a run, also where whoever computed it has died."""
    if not run.is_open:
        return RunState(run.state), run.reason
    if run.job_id:
        job = jobs.find(run.job_id)
        if job is not None and job.is_open:
            return RunState(run.state), ""
        if job is not None and job.state == "cancelled":
            return RunState.CANCELLED, "Cancelled."
        return RunState.FAILED, job.error if job is not None and job.error else BROKEN_OFF
    silent = now - run.updated_at > SILENT
    return (RunState.FAILED, BROKEN_OFF) if silent else (RunState(run.state), "")


def in_minor_units(amount: Decimal) -> int:
    """Return an amount of the company's currency in minor units."""
    return int(amount.scaleb(digits(company().currency)))


def values_in(run: ValueRun, *, user: Any) -> QuerySet[CustomerValue]:
    """Return what `run` says of the customers that the user may see."""
    return CustomerValue.objects.filter(reach(user, "customer__"), run=run)


def at_risk(run: ValueRun, *, user: Any, limit: int = 10) -> QuerySet[CustomerValue]:
    """Return the most valuable customers that are probably lost, largest revenue first."""
    return _most_at_risk(values_in(run, user=user))[:limit]


def at_risk_of_all(run: ValueRun, *, limit: int) -> QuerySet[CustomerValue]:
    """Return the same among all customers: for the person at the machine."""
    return _most_at_risk(CustomerValue.objects.filter(run=run))[:limit]


def _most_at_risk(rows: QuerySet[CustomerValue]) -> QuerySet[CustomerValue]:
    return (
        rows.filter(customer__archived_at=None)
        .filter(abc_class__in=["A", "B"], p_alive__lt=AT_RISK_BELOW)
        .select_related("customer")
        .order_by(F("revenue_minor").desc(), "customer")
    )


def value_in(run: ValueRun, customer_id: int, *, user: Any) -> CustomerValue | None:
    """Return what the run says of one customer, if the user may see that customer."""
    return values_in(run, user=user).filter(customer=customer_id).first()


def value_of(customer_id: int, *, user: Any) -> CustomerValue | None:
    """Return what the current run says of one customer."""
    current = current_run()
    if current is None:
        return None
    return values_in(current, user=user).filter(customer=customer_id).select_related("run").first()


def narrowed(rows: QuerySet[CustomerValue], wishes: dict[str, Any]) -> QuerySet[CustomerValue]:
    """Return the rows that fit; a wish for nothing narrows nothing."""
    return rows.filter(**{name: value for name, value in wishes.items() if value not in (None, "")})
