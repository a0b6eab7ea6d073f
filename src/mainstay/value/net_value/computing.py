"""Net lifetime values as a part of a run of profitability."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mainstay.value import queries as value
from mainstay.value import snapshots
from mainstay.value.acquisition import queries as acquisition

from . import queries, rules
from .models import NetValue

YEAR = 365.25


def compute(run: Any, customers: pa.Table) -> dict[str, Any] | None:
    """Store the net value of each customer under the current value run; return what it comes to.

    None where that run holds no lifetime values.

    Args:
        customers: `customer_id` and `cost_to_serve_minor` of the run of profitability.
    """
    forecast = value.current_run()
    rows = queries.valued(forecast.pk) if forecast else None
    if forecast is None or rows is None or not rows.num_rows:
        return None
    return _stored(run, forecast, rows, customers)


def _stored(run: Any, forecast: Any, rows: pa.Table, customers: pa.Table) -> dict[str, Any]:
    from mainstay.analysis.value import net_value

    told = forecast.summary
    level, share = told["parameters"]["level"], told["margin"]["share"]
    ids = rows["customer_id"].combine_chunks()
    given = rules.numbers(rules.looked_up(ids, queries.given(), "customer_id", "given"))
    service = rules.numbers(rules.looked_up(ids, customers, "customer_id", "cost_to_serve_minor"))
    tenure = rules.numbers(rows["tenure_days"].combine_chunks()) / YEAR
    came = rows.filter(pc.is_in(rows["customer_id"], queries.newcomers()))
    rate = net_value.giving(given, tenure)
    newcomer = net_value.worth_of_newcomer(came["clv_minor"].to_numpy(), level=level)
    bought = _bought(rows, share)
    found = net_value.net_value(
        bought,
        service=np.maximum(service, 0.0),
        given=given,
        tenure=tenure,
        giving=rate,
        newcomer=newcomer,
        level=level,
    )
    spent = _acquisition(forecast, ids)
    table = {"customer_id": ids, "acquisition_minor": spent}
    amounts = {"purchases": bought.clv, "recommended": found.recommended, "net": found.net}
    amounts |= {"service": found.service, "low": found.low, "high": found.high}
    table |= {f"{name}_minor": _minor(amount) for name, amount in amounts.items()}
    snapshots.store(NetValue, run=run, rows=pa.table(table))
    return {
        "value_run": forecast.pk,
        "n": rows.num_rows,
        "level": level,
        **{f"{name}_minor": round(float(amounts[name].sum())) for name in
           ("purchases", "recommended", "service", "net")},
        "acquisition_minor": pc.sum(spent).as_py(),
        "acquisition_known": len(spent) - spent.null_count,
        "recommendations": int(given.sum()),
        "rate": rate and {"r": rate.r, "alpha": rate.alpha, "n": rate.customers},
        "newcomer_minor": newcomer and newcomer._asdict(),
        "newcomers": came.num_rows,
    }  # fmt: skip


def _bought(rows: pa.Table, share: float) -> Any:
    from mainstay.analysis.value.net_value import Bought

    clv, low, high, average, alive, expected = (
        rules.numbers(rows[name].combine_chunks())
        for name in (
            "clv_minor",
            "clv_low_minor",
            "clv_high_minor",
            "expected_average_minor",
            "p_alive",
            "expected_12m",
        )
    )
    each = average * max(share, 0.0)
    bought = np.divide(clv, each, out=np.zeros_like(clv), where=each > 0)
    return Bought(alive, expected, bought, clv, low, high)


def _acquisition(forecast: Any, ids: pa.Array) -> pa.Array:
    """Return what winning each customer cost, null where its channel's cost is not known."""
    book = acquisition.book(forecast)
    won = acquisition.report(book, forecast, months=None).channels if book else []
    known = {each.channel: round(each.cac.value) for each in won if each.cac}
    costs = pa.table(
        {
            "channel": pa.array(list(known), pa.int64()),
            "cost": pa.array(list(known.values()), pa.int64()),
        }
    )
    channel = rules.looked_up(ids, queries.channels(), "customer_id", "channel")
    return rules.looked_up(channel, costs, "channel", "cost")


def _minor(amounts: Any) -> pa.Array:
    return pa.array(np.rint(amounts).astype(np.int64))
