"""The order lines of a run: our own mirror's, or those of a source elsewhere by our numbers."""

from typing import Any

import pyarrow as pa
from django.conf import settings
from django.utils.translation import gettext as _

from mainstay import engine
from mainstay.customers import queries as customers
from mainstay.orders import actions as orders
from mainstay.shared.jobs import current

from . import queries


def is_own(run: Any) -> bool:
    """Tell whether the run reads our own mirror."""
    return bool(run.source_url == settings.MIRROR_URL)


def bring_up_to_date(run: Any) -> bool:
    """Bring our mirror up to date if the run reads it; tell whether it does."""
    own = is_own(run)
    if own:
        current.report(done=0, total=0, text=_("Bringing order lines up to date"))
        orders.pay()
    return own


def connected(run: Any) -> engine.Engine:
    """Return the engine with the run's order lines; what exceeds its memory goes to disk."""
    folder = settings.DATA_DIR / "engine"
    return engine.connect(run.source_url, memory=settings.ENGINE_MEMORY, folder=folder)


def lines_of(run: Any, source: engine.Engine) -> tuple[Any, dict[str, int]]:
    """Return the lines by our numbers of customers, and what those that are left out come to:
    customers whom we do not know, and those whose processing is restricted."""
    lines, counts = _by_our_numbers(run, source)
    restricted = list(customers.restricted().values_list("pk", flat=True))
    if not restricted:
        return lines, counts
    from mainstay.analysis.value import known

    them = source.load(pa.table({"apart": pa.array(restricted, pa.int64())}))
    return known.without(lines, them), counts | _one(source, known.apart(lines, them))


def _by_our_numbers(run: Any, source: engine.Engine) -> tuple[Any, dict[str, int]]:
    from mainstay.analysis import tables
    from mainstay.analysis.value import known

    lines = source.table("order_lines")
    if is_own(run):
        return lines, {}
    names = source.load(queries.names_in(run.source_name))
    named = source.keep(known.named(tables.canonical(lines), names))
    return known.known(named), _one(source, known.unknown(named))


def _one(source: engine.Engine, expression: Any) -> dict[str, int]:
    row: dict[str, int] = source.run(expression).to_pylist()[0]
    return row
