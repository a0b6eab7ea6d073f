"""The order lines of a run: our own mirror's, or those of a source elsewhere by our numbers."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mainstay import engine
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
    """Return the lines by our numbers of customers, and what unknown customers' come to."""
    from mainstay.analysis import tables
    from mainstay.analysis.value import known

    lines = source.table("order_lines")
    if is_own(run):
        return lines, {}
    names = source.load(queries.names_in(run.source_name))
    named = source.keep(known.named(tables.canonical(lines), names))
    return known.known(named), source.run(known.unknown(named)).to_pylist()[0]
