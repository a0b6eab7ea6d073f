"""How long customers stay and where they come from: cohorts, losses, new customers."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.analysis import charts as specs
from mainstay.analysis.numerics.intervals import Estimate
from mainstay.shared import money
from mainstay.shared.templatetags.figures import day, money_round, money_short, number, percent
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import explain
from mainstay.value.presenters.overview import customers_url

from .block import Ask, Block, Chapter
from .queries import Facts

QUARTERS = 12  # of life that fit side by side
YEAR = 4  # in quarters
MONTHS = 24
LEVEL = 0.95


def chapter(facts: Facts) -> Chapter:
    return Chapter(_("How long they stay"), [_cohorts(facts), _churn(facts)])


def _cohorts(facts: Facts) -> Block:
    title = _("Cohorts")
    part = facts.parts.get("cohorts")
    cells = (
        [dict(zip(part["columns"], row, strict=True)) for row in part["quarter"]] if part else []
    )
    lived = [
        cell for cell in cells if cell["customers"] == cell["of"] and 0 < cell["age"] <= QUARTERS
    ]
    if not lived:
        text = _("Cohorts show once a quarter of customers is half a year old.")
        return Block("cohorts", title, ask=Ask(text))
    method = _("Customers of a quarter's cohort who bought in that quarter of their life.")
    told = explain(facts.run, n=sum(c["of"] for c in cells if c["age"] == 0), method=method)
    chart = _heat(lived)
    url = reverse("value:cohorts")
    return Block("cohorts", title, _stayed(lived), chart=chart, explain=told, url=url)


def _stayed(cells: list[dict[str, Any]]) -> str:
    """Return how many bought in the quarter a year after their first purchase."""
    next_year = [cell for cell in cells if cell["age"] == YEAR]
    n, active = (sum(cell[name] for cell in next_year) for name in ("of", "active"))
    if not n:
        return ""
    lead = _("A year after the first purchase %(share)s of %(n)s customers bought in the quarter.")
    return lead % {"share": percent(active / n), "n": number(n)}


def _heat(cells: list[dict[str, Any]]) -> Chart:
    rows = [
        {
            "cohort": quarter(date.fromisoformat(cell["cohort"])),
            "age": cell["age"],
            "share": round(100 * cell["active"] / cell["of"]),
            "href": _began_in(date.fromisoformat(cell["cohort"])),
        }
        for cell in cells
    ]
    labels = {
        "age": _("Quarters since the first purchase"),
        "cohort": _("First purchase"),
        "share": _("% who bought"),
    }
    spec = specs.heat(rows, x="age", y="cohort", value="share", labels=labels, first="ascending")
    return Chart(
        _("Share of each cohort that bought, in %"),
        _("Each row is the quarter of the first purchase. A click lists these customers."),
        spec,
        [labels["cohort"], labels["age"], labels["share"]],
        [[row["cohort"], str(row["age"]), str(row["share"])] for row in rows],
    )


def quarter(start: date) -> str:
    return _("%(year)s Q%(quarter)s") % {"year": start.year, "quarter": start.month // 3 + 1}


def _began_in(start: date) -> str:
    after = date(start.year + (start.month + 3) // 13, (start.month + 2) % 12 + 1, 1)
    last = date.fromordinal(after.toordinal() - 1)
    return customers_url(first_from=start.isoformat(), first_to=last.isoformat())


def _churn(facts: Facts) -> Block:
    title, part = _("Cost of churn"), facts.parts.get("churn") or {"cannot": "no_run"}
    if "cannot" in part or not part["year"]["customers"]:
        text = _("Losses could not be counted by the rule that says who is lost.")
        ask = Ask(text, _("Lost customers"), reverse("value:churn"))
        return Block("churn", title, ask=ask)
    year = part["year"]
    lead = _("%(lost)s of %(n)s customers were lost in twelve months: %(rate)s a year.") % {
        "lost": number(year["lost"]),
        "n": number(year["customers"]),
        "rate": rate_words(year["lost"], year["customers"]),
    }
    if facts.money:
        amount = money_short(year["lost_minor"], facts.unit)
        lead += " " + _("They brought a margin of %(amount)s a year.") % {"amount": amount}
    span = {
        "start": day(date.fromisoformat(year["start"])),
        "end": day(date.fromisoformat(year["end"])),
    }
    told = explain(
        facts.run,
        n=year["customers"],
        method=_("Customers on %(start)s who were lost before %(end)s.") % span,
        interval=_("%(level)s, Wilson") % {"level": percent(LEVEL)},
        note=_("Months whose losses may still change are not drawn."),
    )
    chart, url = _lost(facts, part), reverse("value:churn")
    return Block("churn", title, lead, chart=chart, explain=told, url=url)


def rate_words(lost: int, customers: int) -> str:
    """Return the rate with its interval; counts alone where customers are few."""
    from mainstay.analysis.value import churn_rates

    found: Estimate | None = churn_rates.rate(lost, customers, level=LEVEL)
    if found is None:
        return _("too few for a rate")
    value, low, high = (percent(end, 1) for end in found)
    return _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}


def _lost(facts: Facts, part: dict[str, Any]) -> Chart:
    """Return the margin lost in each settled month, or the customers for who sees no money."""
    settled = [row for row in part["months"] if not row["provisional"]][-MONTHS:]
    key, scale = ("lost_minor", 10 ** money.digits(facts.unit)) if facts.money else ("lost", 1)
    rows = [
        {"name": row["month"][:7], "amount": row[key] / scale, "href": _lost_in(row["month"])}
        for row in settled
    ]
    amount = _("Margin a year lost, in %(unit)s") % {"unit": facts.unit}
    labels = {
        "name": _("Month"),
        "amount": amount if facts.money else _("Customers lost"),
        "gain": _("Lost"),
        "loss": _("Corrected"),
    }
    table = [
        [row["month"][:7], number(row["lost"])]
        + ([money_round(row["lost_minor"], facts.unit)] if facts.money else [])
        for row in settled
    ]
    columns = [_("Month"), _("Customers lost"), *([_("Margin a year")] if facts.money else [])]
    text = _("Losses by month. A click lists the customers lost in it.")
    return Chart(_("Lost by month"), text, specs.gains(rows, labels=labels), columns, table)


def _lost_in(month: str) -> str:
    start = date.fromisoformat(month)
    after = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    last = date.fromordinal(after.toordinal() - 1)
    return customers_url(lost_from=start.isoformat(), lost_until=last.isoformat())
