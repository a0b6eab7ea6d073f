"""The value run as a job: read the lines, value the customers, store, compare, publish."""

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_tasks import task

from mainstay import engine
from mainstay.shared import statistics
from mainstay.shared.jobs import current

from . import actions, lines, queries
from .models import RunState, ValueRun
from .profitability import tasks as profitability
from .rules import Laps, parameters_of
from .stage import Work
from .stages import STAGES

if TYPE_CHECKING:
    from mainstay.analysis.valuation import Valuation


@task(title=_lazy("Value run"))
def compute_run(run_id: int) -> None:
    """Compute a waiting run, or one that a killed worker left half done."""
    run = queries.run(pk=run_id)
    if run is None or run.state == RunState.COMPLETE:
        return
    try:
        compute(run)
    except current.JobCancelled:
        actions.stop(run=run, state=RunState.CANCELLED, reason="Cancelled.", now=timezone.now())
        raise


def compute(run: ValueRun) -> None:
    """Compute a run here and now; a source that cannot be read ends it with the reason."""
    actions.begin(run=run, now=timezone.now())
    laps = Laps()
    try:
        with closing(_source(run, laps)) as source:
            valued = _computed(_valued(run, source, laps), laps)
    except (engine.UnknownSource, engine.Unanswered, ValueError) as reason:
        actions.stop(run=run, state=RunState.FAILED, reason=str(reason), now=timezone.now())
        return
    actions.publish(run=run, valuation=valued, timings=laps.seconds, now=timezone.now())
    statistics.renew(valued.customers.num_rows)
    if not run.job_id:  # computed here and now: nobody takes the next job
        profitability.compute_waiting()


def _computed(work: Work, laps: Laps) -> "Valuation":
    """Store what was found, each topic's part after the customers, and return it all."""
    run, summary = work.run, work.valued.summary
    more: dict[str, Any] = {"gone": actions.store(run=run, customers=work.valued.customers)}
    laps.end("store")
    for stage in STAGES:
        current.report(done=0, total=0, text=str(stage.title))
        more[stage.key] = stage.compute(work)
        laps.end(stage.key)
    return replace(work.valued, summary=summary | more)


def _source(run: ValueRun, laps: Laps) -> engine.Engine:
    """Return the engine with the run's order lines; our own mirror is brought up to date first."""
    if lines.bring_up_to_date(run):
        laps.end("mirror")
    return lines.connected(run)


def _valued(run: ValueRun, source: engine.Engine, laps: Laps) -> Work:
    from mainstay.analysis import valuation

    own = lines.is_own(run)
    current.report(done=0, total=0, text=_("Valuing customers"))
    found, left_out = lines.lines_of(run, source)
    if not own:
        laps.end("match")
    parameters = parameters_of(run.as_of, run.parameters)
    valued = valuation.value(found, engine=source, parameters=parameters)
    laps.end("value")
    return Work(run, source, found, _with_left_out(valued, left_out), own)


def _with_left_out(valued: "Valuation", left_out: dict[str, int]) -> "Valuation":
    """Return the valuation with the lines of customers who were left out among all lines."""
    counts = valued.summary["counts"] | left_out
    counts["lines"] += sum(left_out.get(f"{key}_lines", 0) for key in ("unknown", "restricted"))
    return replace(valued, summary=valued.summary | {"counts": counts})
