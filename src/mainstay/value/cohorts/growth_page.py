"""How loyal customers grow here: what the textbook claims, and what can be measured of it."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.analysis import charts_of_relations as drawn
from mainstay.people.permissions import Scope, scope
from mainstay.shared import money
from mainstay.shared.templatetags.figures import money_round, number, percent
from mainstay.value.acquisition.figures import NONE, Figure
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import currency
from mainstay.value.queries import current_run

from . import queries

FEW = 20  # customers under whom a step is counted and not split


@dataclass(frozen=True)
class Step:
    """From a year of the relationship to the next, over the same customers."""

    name: str
    figures: tuple[Figure, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Claim:
    """What the textbook claims, what was measured here, and how."""

    claim: str
    measured: str
    how: str


@dataclass(frozen=True)
class Page:
    """Everything on the page; `empty` says why there is nothing."""

    run: Any
    empty: str
    steps: list[Step] = field(default_factory=list)
    chart: Chart | None = None
    claims: list[Claim] = field(default_factory=list)
    years: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    narrowed: bool = False


def page(user: Any) -> Page:
    run = current_run()
    known = queries.content(run) if run else None
    if run is None or known is None:
        return Page(run, "run" if run is None else "part")
    steps, unit = known["steps"], currency(run)
    service, given = queries.service_by_year(run), queries.recommendations_by_year(run)
    return Page(
        run,
        "" if steps else "young",
        steps=[_step(step, unit) for step in steps],
        chart=_chart(steps, unit),
        claims=_claims(steps, service, given, known["units"], unit),
        years=_years(service, given, unit),
        narrowed=scope(user) != Scope.ALL,
    )


def _step(step: dict[str, Any], unit: str) -> Step:
    name = _("Year %(before)s → %(after)s") % {"before": step["year"] - 1, "after": step["year"]}
    few = step["customers"] < FEW
    parts = None if few else step["parts"]
    change = NONE
    if step["change"] and not few:
        value, low, high = (money_round(end, unit) for end in step["change"])
        change = Figure(value, f"{low} – {high}")
    figures = (
        Figure(number(step["customers"])),
        Figure(money_round(step["before"], unit)),
        Figure(money_round(step["after"], unit)),
        change,
        *(
            Figure(money_round(parts[key], unit)) if parts else NONE
            for key in ("buying", "purchases", "units", "price", "margin")
        ),
    )
    return Step(
        name, figures, _("fewer than %(n)s customers: counts only") % {"n": FEW} if few else ""
    )


def _chart(steps: list[dict[str, Any]], unit: str) -> Chart | None:
    """Return the change from each year to the next with its interval."""
    scale = float(10 ** money.digits(unit))
    known = [step for step in steps if step["change"] and step["customers"] >= FEW]
    if not known:
        return None
    rows = [
        {
            "name": _("Year %(before)s → %(after)s")
            % {"before": step["year"] - 1, "after": step["year"]},
            **dict(zip(("value", "low", "high"), (e / scale for e in step["change"]), strict=True)),
        }
        for step in known
    ]
    labels = {
        "value": _("Change of yearly margin, %(unit)s") % {"unit": unit},
        "low": _("At least"),
        "high": _("At most"),
    }
    return Chart(
        _("Does a customer bring more with every year?"),
        _(
            "Mean change over the same customers, those who left included; right of the dashed line"
            " they bring more. The bar is the 95 % interval."
        ),
        drawn.ranges(rows, at=0, labels=labels),
        [_("Step"), _("Customers"), _("Change"), _("Interval")],
        [
            [row["name"], number(step["customers"]), *_step(step, unit).figures[3]]
            for row, step in zip(rows, known, strict=True)
        ],
    )


def _claims(
    steps: list[dict[str, Any]],
    service: list[dict[str, Any]],
    given: list[dict[str, Any]],
    units: bool,
    unit: str,
) -> list[Claim]:
    """Return the four claims of the textbook, each with what was measured or why it was not."""
    first = next((s for s in steps if s["parts"] and s["customers"] >= FEW), None)
    return [
        _more(first, unit),
        _cheaper(service),
        _recommending(given),
        _dearer(first, units, unit),
    ]


def _more(step: dict[str, Any] | None, unit: str) -> Claim:
    claim = _("They buy more")
    if step is None:
        return Claim(
            claim, _("not measurable yet"), _("It needs two full years of some customers.")
        )
    parts = step["parts"]
    keys = ("buying", "purchases", "units")
    amounts = {key: _signed(parts[key], unit) for key in keys}
    text = _("%(buying)s by who still buys, %(purchases)s by how often, %(units)s by how much")
    how = _(
        "Split of the change of the yearly margin per customer from year %(before)s to %(after)s,"
        " the same %(n)s customers."
    )
    words = {"before": step["year"] - 1, "after": step["year"], "n": number(step["customers"])}
    return Claim(claim, text % amounts, how % words)


def _dearer(step: dict[str, Any] | None, units: bool, unit: str) -> Claim:
    claim = _("They mind prices less")
    if step is None:
        return Claim(
            claim, _("not measurable yet"), _("It needs two full years of some customers.")
        )
    if not units:
        how = _("The order lines carry no quantities, so price and amount cannot be told apart.")
        return Claim(claim, _("not measurable"), how)
    text = _("%(price)s by revenue of a unit, %(margin)s by margin of revenue")
    amounts = {key: _signed(step["parts"][key], unit) for key in ("price", "margin")}
    how = _(
        "Of the same split. Revenue of a unit rises with dearer goods too, so this bounds the"
        " claim and does not prove it."
    )
    return Claim(claim, text % amounts, how)


def _cheaper(service: list[dict[str, Any]]) -> Claim:
    claim = _("They cost less to serve")
    rows = [row for row in service if row["n"] >= FEW and row["revenue"]]
    if len(rows) < 2:  # noqa: PLR2004  nothing to compare
        how = _(
            "Compute profitability with the costs of your activities; then it is compared here."
        )
        return Claim(claim, _("not measured yet"), how)
    ends = [percent(row["service"] / row["revenue"], 1) for row in (rows[0], rows[-1])]
    text = _("%(first)s of revenue in year %(one)s, %(last)s in year %(other)s")
    words = {"first": ends[0], "last": ends[1], "one": rows[0]["year"], "other": rows[-1]["year"]}
    how = _(
        "Cost to serve ÷ revenue in the year of the profitability run, by how long somebody has"
        " been a customer: other customers in each year, so it compares and does not follow."
    )
    return Claim(claim, text % words, how)


def _recommending(given: list[dict[str, Any]]) -> Claim:
    claim = _("They recommend us")
    rows = [row for row in given if row["n"] >= FEW]
    if not any(row["given"] for row in rows):
        how = _(
            "Nobody has noted who recommended us to whom. Note it on a customer’s page; then it is"
            " counted here."
        )
        return Claim(claim, _("not known"), how)
    givers = sum(row["givers"] for row in rows)
    text = ngettext(
        "%(n)s customer has recommended us, %(first)s of year %(one)s and %(last)s of year"
        " %(other)s",
        "%(n)s customers have recommended us, %(first)s of year %(one)s and %(last)s of year"
        " %(other)s",
        givers,
    )
    shares = [percent(row["givers"] / row["n"], 1) for row in (rows[0], rows[-1])]
    words = {"n": number(givers), "first": shares[0], "last": shares[1],
             "one": rows[0]["year"], "other": rows[-1]["year"]}  # fmt: skip
    how = _("Recommendations noted so far, by how long the customer who gave them has been one.")
    return Claim(claim, text % words, how)


def _signed(minor: float, unit: str) -> str:
    return ("+\N{WORD JOINER}" if minor > 0 else "") + money_round(minor, unit)


def _years(
    service: list[dict[str, Any]], given: list[dict[str, Any]], unit: str
) -> list[tuple[str, tuple[str, ...]]]:
    """Return what is known of customers by the year of their relationship."""
    costs, praise = ({row["year"]: row for row in rows} for rows in (service, given))
    return [(_label(year), _year(costs.get(year), praise.get(year), unit)) for year in
            sorted({*costs, *praise})]  # fmt: skip


def _label(year: int) -> str:
    words = _("Year %(n)s and later") if year == queries.YEARS else _("Year %(n)s")
    return words % {"n": year}


def _year(cost: dict[str, Any] | None, praise: dict[str, Any] | None, unit: str) -> tuple[str, ...]:
    each = cost["service"] / cost["n"] if cost else None
    share = cost["service"] / cost["revenue"] if cost and cost["revenue"] else None
    return (
        number(cost["n"]) if cost else "–",
        money_round(each, unit),
        percent(share, 1),
        number(praise["givers"]) if praise else "–",
        percent(praise["givers"] / praise["n"], 1) if praise else "–",
    )
