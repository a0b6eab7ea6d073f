"""Gaps as a stage of the value run."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.value.stage import Stage, Work

from . import actions, queries, rules
from .models import CustomerGap


def compute(work: Work) -> dict[str, Any]:
    """Store the gaps of every customer with a wallet estimate; sales are the run's own lines."""
    known = queries.estimate_table(until=work.run.as_of)
    if not known.num_rows:
        return {"estimates": 0, "why": "no_estimates"}
    if not work.own or "product_id" not in work.lines.columns:
        return {"estimates": known.num_rows, "why": "products_unknown"}
    actions.store(work.run.pk, rules.gap_rows(known, _sales(work, known)))
    return {"estimates": known.num_rows}


def _sales(work: Work, known: Any) -> Any:
    from mainstay.analysis.value import gaps

    engine = work.engine
    wanted = engine.load(known.select(["customer_id", "market_id"]))
    markets = engine.load(queries.product_markets())
    return engine.run(gaps.sales(work.lines, markets, wanted, as_of=work.run.as_of))


GAPS = Stage("gaps", _("Comparing wallets with sales"), compute, (CustomerGap,))
