"""The page of new customers: what they cost, what they are worth, when the money is back."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainstay.customers.queries import channels as every_channel
from mainstay.people.permissions import Scope, can, scope
from mainstay.shared.templatetags.figures import number
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import Tile, currency, explain
from mainstay.value.queries import current_run

from . import charts, keeping, queries, tables
from .figures import amount, back_after, month, times
from .keeping import Compared
from .tables import Line

LEVEL = gettext_lazy("%(interval)s (95%%)")


@dataclass(frozen=True)
class Page:
    """Everything on the page; `empty` says why there is nothing."""

    run: Any
    empty: str
    periods: list[tuple[str, str, bool]]
    narrowed: bool
    may_edit: bool
    span: str = ""
    tiles: list[Tile] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    tables: list[tuple[str, str, list[Line]]] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)


def chosen_months(wish: str) -> int | None:
    """Return the months one asked for; None means all, and anything else the usual twelve."""
    if wish == "all":
        return None
    known = {str(months): months for months in queries.PERIODS}
    return known.get(wish, queries.PERIODS[0])


def page(user: Any, *, months: int | None) -> Page:
    """Return the page of the current run over the last whole months."""
    run = current_run()
    book = queries.book(run) if run else None
    return Page(
        run=run,
        empty=_empty(run, book),
        periods=_periods(months),
        narrowed=scope(user) != Scope.ALL,
        may_edit=can(user, "acquisition.edit"),
        **(_content(run, book, queries.report(book, run, months=months)) if run and book else {}),
    )


def _empty(run: Any, book: Any) -> str:
    if run is None:
        return "run"
    if book is None:
        return "part"
    return "" if every_channel().exists() else "channels"


def _span(report: Any) -> str:
    first, last = (month(day) for day in report.period)
    return _("First purchases from %(first)s to %(last)s") % {"first": first, "last": last}


def _periods(months: int | None) -> list[tuple[str, str, bool]]:
    found = [
        (str(n), ngettext("%(n)s month", "%(n)s months", n) % {"n": n}, n == months)
        for n in queries.PERIODS
    ]
    return [*found, ("all", _("All"), months is None)]


def _content(run: Any, book: Any, report: Any) -> dict[str, Any]:
    names, unit = queries.names(), currency(run)
    drawn = (
        charts.cost_of_one(report, names["channel"], unit),
        charts.worth_of_cost(report, names["channel"]),
        charts.money_back(book, report, unit),
        charts.arrivals(book, report, names["channel"]),
    )
    return {
        "span": _span(report),
        "tiles": _tiles(run, report, unit),
        "notices": _notices(run, report),
        "charts": [chart for chart in drawn if chart is not None],
        "tables": [
            (_("By channel"), _("Channel"), tables.channels(report, names, unit)),
            (_("By campaign"), _("Campaign"), tables.campaigns(report, names, unit)),
            (_("By quarter of the first purchase"), _("Quarter"), tables.cohorts(report, unit)),
        ],
        "compared": keeping.compared(run, report, unit),
    }


METHODS = {
    "coins": (
        gettext_lazy("Cost of a new customer"),
        gettext_lazy(
            "Cost of channels ÷ new customers that came by them, in the months whose cost is known."
            " The interval takes the number of customers as a Poisson count."
        ),
    ),
    "gem": (
        gettext_lazy("Worth of a new customer"),
        gettext_lazy("Mean of the margin brought so far and the lifetime value still expected."),
    ),
    "scale": (
        gettext_lazy("LTV : CAC"),
        gettext_lazy(
            "Worth ÷ cost. The interval joins the spread of worth with that of the count, by the"
            " delta method."
        ),
    ),
    "calendar-clock": (
        gettext_lazy("Money back after"),
        gettext_lazy(
            "First month of life by whose end the mean margin of a customer has reached the cost of"
            " one, among customers who have lived long enough."
        ),
    ),
}


def _tiles(run: Any, report: Any, unit: str) -> list[Tile]:
    whole, inputs = report.whole, _span(report)
    known = {
        "coins": (amount(whole.cac, unit), whole.counted),
        "gem": (amount(whole.each, unit), whole.counted),
        "scale": (times(whole.ratio), whole.counted),
        "calendar-clock": (
            back_after(whole.payback),
            whole.payback.customers if whole.payback else whole.counted,
        ),
    }
    method = _("Customers whose first purchase lies in the period.")
    facts = explain(run, n=report.customers, method=method, inputs=inputs)
    hint = _("%(n)s by channels whose cost is known") % {"n": number(whole.counted)}
    found = [Tile(_("New customers"), number(report.customers), "user-plus", hint, facts)]
    for icon, (figure, n) in known.items():
        label, method = map(str, METHODS[icon])
        interval = LEVEL % {"interval": figure.interval} if figure.interval else ""
        facts = explain(run, n=n, method=method, inputs=inputs, interval=interval)
        found.append(Tile(label, figure.value, icon, figure.interval, facts))
    return found


def _notices(run: Any, report: Any) -> list[str]:
    """Return what is not known and what the reader must not take for more than it is."""
    found = []
    if n := report.without_channel:
        text = ngettext(
            "Of %(all)s new customers %(n)s came by no known channel and counts in no cost of a"
            " channel. Divided by everybody, a new customer costs %(blended)s.",
            "Of %(all)s new customers %(n)s came by no known channel and count in no cost of a"
            " channel. Divided by everybody, a new customer costs %(blended)s.",
            n,
        )
        blended = amount(report.blended, currency(run)).value
        found.append(text % {"n": number(n), "all": number(report.customers), "blended": blended})
    if n := report.without_cost:
        text = ngettext(
            "%(n)s new customer came by a channel in a month whose cost nobody entered"
            " (%(months)s months of channels); it is left out of cost and worth.",
            "%(n)s new customers came by channels in months whose cost nobody entered"
            " (%(months)s months of channels); they are left out of cost and worth.",
            n,
        )
        found.append(text % {"n": number(n), "months": number(report.months_without_cost)})
    if not run.summary.get("expected"):
        found.append(
            _(
                "This run could forecast nothing, so the worth of a customer is only what it has"
                " brought so far."
            )
        )
    if report.may_be_old(report.period.first) and report.customers:
        text = _(
            "The order history begins in %(month)s: customers who first appear in its first year"
            " may have bought before, and make a new one look cheaper than it is."
        )
        found.append(text % {"month": month(report.begins)})
    return found
