"""Where the calculator starts: the lecture's example, a customer, or the average of a segment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mainstay.people import queries as people
from mainstay.shared import money
from mainstay.shared.numbers import row_number
from mainstay.value.presenters import words as value_words

from . import queries

YEARS = 4
USUAL_RETENTION = 80.0


@dataclass(frozen=True)
class Start:
    """The first rows, the numbers beside them, and where they come from."""

    about: str
    note: str
    rows: list[dict[str, float]]
    single: dict[str, float]
    hidden: dict[str, str] = field(default_factory=dict)


def of(user: Any, *, customer: str, segment: str) -> Start:
    """Return the start for a customer, else for a segment, else the example."""
    if (pk := row_number(customer)) is not None:
        found = queries.for_calculator(user, customer=pk)
        if found:
            return _start(str(found["name"]), found, {"customer": customer})
    if segment in value_words.SEGMENTS:
        found = queries.for_calculator(user, segment=segment)
        if found:
            about = _("Average of the segment %(name)s") % {"name": value_words.SEGMENTS[segment]}
            return _start(about, found, {"segment": segment})
    return example()


def example() -> Start:
    """Return the lecture's table: lifetime value 400, 854.5, 1383.5, 1939.4."""
    revenues = (1000.0, 1200.0, 1440.0, 1600.0)
    kept = (0.0, 100.0, 80.0, 60.0)
    rows = [
        {
            "revenue": revenue,
            "variable": 50.0,
            "acquisition": 0.0 if place else 100.0,
            "retention": retention,
            "survival": 100.0,
        }
        for place, (revenue, retention) in enumerate(zip(revenues, kept, strict=True))
    ]
    single = {"rate": 10.0, "cr": USUAL_RETENTION, "referred": 0.0, "credited": 0.0}
    return Start(_("An example from a lecture; type your own numbers over it"), "", rows, single)


def _start(about: str, found: Mapping[str, Any], hidden: dict[str, str]) -> Start:
    own = people.company()
    revenue, margin, service = (
        float(money.major(Decimal(round(found[name] or 0)), own.currency))
        for name in ("revenue", "margin", "service")
    )
    alive = found["p_alive"]
    share = min(max(1 - margin / revenue, 0.0), 10.0) if revenue > 0 else 0.0
    rows = [
        {
            "revenue": round(max(revenue, 0.0), 2),
            "variable": round(share * 100, 1),
            "acquisition": 0.0,
            "retention": round(service, 2),
            "survival": 100.0 if alive is None else round(100 * alive**year, 1),
        }
        for year in range(1, YEARS + 1)
    ]
    retention = USUAL_RETENTION if alive is None else min(round(100 * alive, 1), 99.0)
    rate = round(float(own.discount_rate) * 100, 2)
    single = {"rate": rate, "cr": retention, "referred": 0.0, "credited": 0.0}
    single["referred"] = float(
        money.major(Decimal(round(found.get("referred") or 0)), own.currency)
    )
    note = _(
        "Filled with the last twelve months: sales, cost of goods, cost to serve. The chance of"
        " still being a customer is P(alive) now, and again each year. Change what you know better."
    )
    return Start(about, note, rows, single, hidden)
