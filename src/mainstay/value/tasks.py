"""The value run as a job: read the lines, value the customers, store, publish."""

from contextlib import closing
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_tasks import task

from mainstay import engine
from mainstay.orders import actions as orders
from mainstay.shared.jobs import current

from . import actions, queries
from .models import RunState, ValueRun
from .rules import Laps, parameters_of

if TYPE_CHECKING:
    from mainstay.analysis.valuation import Valuation


@task(title=_lazy("Value run"))
def compute_run(run_id: int) -> None:
    """Compute a waiting run, or one that a killed worker left half done."""
    run = queries.run(pk=run_id)
    if run is None or not run.is_open:
        return
    try:
        compute(run)
    except current.JobCancelled:
        words = _("Cancelled.")
        actions.stop(run=run, state=RunState.CANCELLED, reason=words, now=timezone.now())
        raise


def compute(run: ValueRun) -> None:
    """Compute a run here and now; a source that cannot be read ends it with the reason."""
    actions.begin(run=run)
    laps = Laps()
    try:
        valued = _value(run)
    except (engine.UnknownSource, ValueError) as reason:
        actions.stop(run=run, state=RunState.FAILED, reason=str(reason), now=timezone.now())
        return
    laps.end("value")
    actions.store(run=run, customers=valued.customers)
    laps.end("store")
    actions.publish(run=run, valuation=valued, timings=laps.seconds, now=timezone.now())


def _value(run: ValueRun) -> "Valuation":
    from mainstay.analysis import valuation

    if run.source_url == settings.MIRROR_URL:
        current.report(done=0, total=0, text=_("Bringing order lines up to date"))
        orders.pay()
    current.report(done=0, total=0, text=_("Valuing customers"))
    parameters = parameters_of(run.as_of, run.parameters)
    with closing(engine.connect(run.source_url)) as source:
        lines = source.table("order_lines")
        return valuation.value(lines, engine=source, parameters=parameters)
