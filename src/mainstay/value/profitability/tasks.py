"""Profitability as a job: count the drivers, divide the costs, store, publish."""

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_tasks import task

from mainstay import engine
from mainstay.shared.jobs import current
from mainstay.value import lines
from mainstay.value.net_value import computing as net_values
from mainstay.value.states import RunState

from . import actions, queries
from .rules import parameters_of

if TYPE_CHECKING:
    from mainstay.analysis.value.profitability import Profitability

    from .models import ProfitRun


@task(title=_lazy("Customer profitability"))
def compute_profit(run_id: int) -> None:
    """Compute a waiting run, or one that a killed worker left half done."""
    run = queries.run(pk=run_id)
    if run is None or run.state == RunState.COMPLETE:
        return
    try:
        compute(run)
    except current.JobCancelled:
        actions.stop(run=run, state=RunState.CANCELLED, reason="Cancelled.", now=timezone.now())
        raise


def compute_waiting() -> None:
    """Compute here and now what no job will."""
    for run in queries.waiting():
        compute(run)


def compute(run: "ProfitRun") -> None:
    """Compute a run here and now; data that cannot be worked on end it with the reason."""
    actions.begin(run=run, now=timezone.now())
    try:
        found = _cost(run)
    except (engine.UnknownSource, engine.Unanswered, ValueError) as reason:
        actions.stop(run=run, state=RunState.FAILED, reason=str(reason), now=timezone.now())
        return
    actions.store(run=run, found=found)
    net = net_values.compute(run, found.customers)
    actions.publish(run=run, summary=found.summary | {"net": net}, now=timezone.now())
    actions.forget_old()


def _cost(run: "ProfitRun") -> "Profitability":
    from mainstay.analysis.value.profitability import profitability

    lines.bring_up_to_date(run)
    current.report(done=0, total=0, text=_("Dividing costs among customers"))
    parameters = parameters_of(run.as_of, run.parameters)
    with closing(lines.connected(run)) as source:
        order_lines, apart = lines.lines_of(run, source)
        knows_products = "product_id" in order_lines.columns
        found = profitability(
            order_lines,
            engine=source,
            parameters=parameters,
            categories=source.load(queries.categories()) if knows_products else None,
            quantities=queries.quantities(run, parameters.first),
        )
    restricted = {"restricted_customers": apart.get("restricted_customers", 0)}
    return _as_stored(replace(found, summary=found.summary | restricted))


def _as_stored(found: "Profitability") -> "Profitability":
    """Return the tables with the names and types of the database's columns."""
    keys = found.cells["category"]
    numbers = pc.if_else(pc.equal(keys, ""), pa.scalar(None, pa.string()), keys).cast(pa.int64())
    cells = found.cells.drop_columns(["category"]).append_column("category_id", numbers)
    costs = [f"[{','.join(map(str, each))}]" for each in found.customers["costs"].to_pylist()]
    place = found.customers.column_names.index("costs")
    customers = found.customers.set_column(place, "costs", pa.array(costs, pa.string()))
    return replace(found, customers=customers, cells=cells)
