"""A run is a snapshot: nobody sees it before the switch, whatever happens in the middle."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.db import IntegrityError

from mainstay.customers.models import ExternalReference
from mainstay.shared.jobs.models import Job, State
from mainstay.shared.jobs.worker import Pace, Worker
from mainstay.value import actions, queries, snapshots, tasks
from mainstay.value.models import CustomerValue, RunState, ValueRun
from tests.factories.customers import CustomerFactory, SourceFactory
from tests.factories.value import AS_OF, NOW, buy, buying_customers, computed_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def started(by: Any = None, as_of: date = AS_OF) -> ValueRun:
    return actions.start_run(by=by, as_of=as_of, now=NOW)


def work() -> None:
    Worker(pace=Pace(backoff_seconds=-1)).drain()


def test_a_run_values_every_customer_and_is_shown(customers: list[Any], analyst: Any) -> None:
    from mainstay.orders.actions import owe_everything

    owe_everything()
    run = started(by=analyst)

    work()

    run.refresh_from_db()
    assert (run.state, run.is_current, run.reason) == (RunState.COMPLETE, True, "")
    assert run.customer_count == run.summary["n"] == CustomerValue.objects.count() == 150
    assert set(run.timings) == {"mirror", "value", "store", "gaps", "relations", "before"}
    assert Job.objects.get(pk=run.job_id).state == State.DONE


def test_nobody_sees_a_run_before_the_switch(run: ValueRun, monkeypatch: Any) -> None:
    seen = []

    def look(*, run: Any, customers: Any) -> int:
        gone = store(run=run, customers=customers)
        seen.append((queries.current_run(), CustomerValue.objects.filter(run=run).count()))
        return gone

    store = actions.store
    monkeypatch.setattr(actions, "store", look)
    later = computed_run()

    assert seen == [(run, 150)]
    assert queries.current_run() == later


def test_a_run_killed_in_the_middle_starts_its_slices_again(
    run: ValueRun, monkeypatch: Any
) -> None:
    monkeypatch.setattr(snapshots, "SLICE", 40)
    report = actions.current.report
    calls: list[Any] = []

    def die_once(**progress: Any) -> None:
        if progress.get("done") == 80 and not calls:
            calls.append(progress)
            raise ConnectionError("The machine lost power")
        report(**progress)

    monkeypatch.setattr(actions.current, "report", die_once)
    second = started()
    with pytest.raises(ConnectionError):
        tasks.compute_run.call(run_id=second.pk)
    half = CustomerValue.objects.filter(run=second).count()
    shown = queries.current_run()

    work()

    assert (half, shown) == (80, run)
    assert CustomerValue.objects.filter(run=second).count() == 150
    assert queries.current_run() == second


def test_cancelling_leaves_nothing(run: ValueRun, analyst: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(snapshots, "SLICE", 40)
    second = started(by=analyst)
    store = snapshots._still_there

    def cancel(part: Any) -> Any:
        Job.objects.filter(pk=second.job_id).update(cancel_requested=True)
        actions.current._lease.get()._written_at = -9.0  # type: ignore[union-attr]
        return store(part)

    monkeypatch.setattr(snapshots, "_still_there", cancel)
    work()

    second.refresh_from_db()
    assert (second.state, second.reason) == (RunState.CANCELLED, "Cancelled.")
    assert not CustomerValue.objects.filter(run=second).exists()
    assert Job.objects.get(pk=second.job_id).state == State.CANCELLED
    assert queries.current_run() == run


def test_a_cancelled_run_can_be_computed_after_all(
    customers: list[Any], administrator: Any
) -> None:
    from mainstay.shared.jobs import actions as jobs

    run = started(by=administrator)
    job = Job.objects.get(pk=run.job_id)
    jobs.cancel(by=administrator, job=job, now=NOW)
    assert queries.outcome(run, now=NOW) == (RunState.CANCELLED, "Cancelled.")

    jobs.retry(by=administrator, job=job, now=NOW)
    work()

    run.refresh_from_db()
    assert run.state == RunState.COMPLETE


def test_a_failed_run_says_why_and_the_earlier_stays(run: ValueRun, tmp_path: Path) -> None:
    failed = computed_run(source_url=f"parquet:{tmp_path / 'nowhere'}")

    assert failed.state == RunState.FAILED
    assert "There is nothing at" in failed.reason
    assert queries.current_run() == run


def test_a_run_that_breaks_every_worker_counts_as_failed(run: ValueRun, monkeypatch: Any) -> None:
    monkeypatch.setattr(tasks, "compute", lambda run: 1 / 0)
    second = started()

    work()

    state, reason = queries.outcome(second, now=NOW)
    assert state == RunState.FAILED
    assert reason
    assert queries.current_run() == run


def test_of_two_runs_at_once_the_one_started_later_is_shown(customers: list[Any]) -> None:
    first, second = started(), started()

    tasks.compute(second)
    tasks.compute(first)

    first.refresh_from_db()
    assert first.state == RunState.COMPLETE
    assert queries.current_run() == second


def test_the_database_allows_one_current_run_and_only_a_complete_one(run: ValueRun) -> None:
    waiting = started()

    with pytest.raises(IntegrityError):
        ValueRun.objects.filter(pk=waiting.pk).update(is_current=True)


def test_an_empty_base_gives_a_run_that_says_so(db: None) -> None:
    run = computed_run()

    assert (run.state, run.customer_count) == (RunState.COMPLETE, 0)
    assert "no customer" in run.summary["cannot"][0]["why"]


def test_a_customer_who_left_meanwhile_is_left_out(customers: list[Any], monkeypatch: Any) -> None:
    alone = CustomerFactory()
    order = buy(alone, NOW, 500, of=SourceFactory())
    store = actions.store

    def leave(*, run: Any, customers: Any) -> int:
        order.delete()
        alone.delete()
        return store(run=run, customers=customers)

    monkeypatch.setattr(actions, "store", leave)
    run = computed_run()

    assert (run.state, run.customer_count, run.summary["gone"]) == (RunState.COMPLETE, 150, 1)


# -- what changed since the run before


def test_a_run_says_what_changed_since_the_one_before(run: ValueRun, customers: list[Any]) -> None:
    least = CustomerValue.objects.filter(run=run, abc_class="C").order_by("revenue_minor")[0]
    source = SourceFactory()
    buy(least.customer, NOW, 90_000_000, of=source)
    buy(CustomerFactory(), NOW, 5, of=source)

    later = computed_run()

    before = later.summary["before"]
    assert (before["run"], before["n"], before["came"], before["gone"]) == (run.pk, 150, 1, 0)
    assert {"from": "C", "to": "A", "customers": 1} in before["moves"]
    assert run.summary["before"] is None


# -- lines that lie elsewhere


def lake(folder: Path, rows: str, names: str = "customer_id, day, amount_minor") -> str:
    """Write a Parquet file of order lines and return its address."""
    path = folder / "order_lines.parquet"
    query = f"SELECT * FROM (VALUES {rows}) t({names})"  # noqa: S608  drawn above
    duckdb.sql(query).write_parquet(str(path))
    return f"parquet:{folder}"


def test_lines_elsewhere_by_our_own_numbers(db: None, tmp_path: Path) -> None:
    known = CustomerFactory()
    rows = f"({known.pk}, DATE '2026-01-02', 500), (987654, DATE '2026-01-02', 300),"
    rows += " (987654, DATE '2026-01-03', 100), (NULL, DATE '2026-01-02', 7)"

    run = computed_run(source_url=lake(tmp_path, rows))

    assert list(CustomerValue.objects.values_list("customer", "revenue_minor")) == [(known.pk, 500)]
    counts = run.summary["counts"]
    assert (counts["lines"], counts["counted"], counts["no_customer_lines"]) == (4, 1, 1)
    unknown = {name: counts[f"unknown_{name}"] for name in ("customers", "lines", "minor")}
    assert unknown == {"customers": 1, "lines": 2, "minor": 400}


def test_lines_elsewhere_by_the_names_of_a_source(db: None, tmp_path: Path) -> None:
    shop = SourceFactory(name="Shop")
    known = CustomerFactory()
    ExternalReference.objects.create(customer=known, source=shop, external_id="17850")
    ExternalReference.objects.create(
        customer=CustomerFactory(), source=SourceFactory(), external_id="12"
    )
    rows = "(17850.0, TIMESTAMP '2026-01-02 10:00', 500.0), (12.0, TIMESTAMP '2026-01-02', 1.0),"
    rows += " ('NaN'::DOUBLE, TIMESTAMP '2026-01-02 10:00', 2.0)"

    run = computed_run(source_url=lake(tmp_path, rows), source_name="Shop")

    assert list(CustomerValue.objects.values_list("customer", "revenue_minor")) == [(known.pk, 500)]
    assert run.summary["counts"]["unknown_customers"] == 1
    assert run.summary["counts"]["no_customer_lines"] == 1


def test_lines_in_a_database_file(db: None, tmp_path: Path) -> None:
    known = CustomerFactory()
    with duckdb.connect(str(tmp_path / "shop.db")) as shop:
        shop.execute(
            f"CREATE TABLE order_lines AS SELECT '{known.pk}' AS customer_id,"
            " DATE '2026-01-02' AS day, 500::DECIMAL(9, 2) AS amount_minor"
        )

    computed_run(source_url=f"duckdb://{tmp_path / 'shop.db'}")

    assert CustomerValue.objects.get().revenue_minor == 500


def test_an_archived_customer_is_valued_but_not_listed_at_risk(run: ValueRun, analyst: Any) -> None:
    risky = queries.at_risk(run, user=analyst)[0]
    risky.customer.archived_at = NOW
    risky.customer.save()

    assert CustomerValue.objects.filter(customer=risky.customer).exists()
    assert risky not in list(queries.at_risk(run, user=analyst))


@pytest.mark.parametrize(
    ("rows", "names", "words"),
    [
        ("(1, DATE '2026-01-02')", "customer_id, day", "no column amount_minor"),
        ("(1, '2.1.26', 5)", "customer_id, day, amount_minor", "column day holds string"),
        ("(1, DATE '2026-01-02', 'x')", "customer_id, day, amount_minor", "amount_minor holds"),
        ("([1], DATE '2026-01-02', 5)", "customer_id, day, amount_minor", "customer_id holds"),
    ],
)
def test_a_source_that_cannot_be_read_ends_the_run_with_a_sentence(
    db: None, tmp_path: Path, rows: str, names: str, words: str
) -> None:
    run = computed_run(source_url=lake(tmp_path, rows, names))

    assert run.state == RunState.FAILED
    assert words in run.reason


def test_a_damaged_file_ends_the_run_with_a_sentence(db: None, tmp_path: Path) -> None:
    rows = ", ".join(f"({n}, DATE '2026-01-02', {n})" for n in range(3000))
    url = lake(tmp_path, rows)
    path = tmp_path / "order_lines.parquet"
    content = bytearray(path.read_bytes())
    content[4:2000] = bytes(1996)
    path.write_bytes(content)

    run = computed_run(source_url=url)

    assert run.state == RunState.FAILED
    assert "cannot be worked on" in run.reason


def test_buying_customers_are_drawn_the_same_every_time(db: None) -> None:
    assert len(buying_customers(3)) == 3
