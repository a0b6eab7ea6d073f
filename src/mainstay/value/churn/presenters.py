"""The page of lost customers: how many, what that costs, why they left."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.analysis import charts_of_losses
from mainstay.analysis.value.churn_rates import following, rate
from mainstay.people.permissions import Scope, can, scope
from mainstay.shared import money as amounts
from mainstay.shared.templatetags.figures import day, money_round, number, percent
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import Tile
from mainstay.value.queries import current_part, of_summary

from . import money as sums
from . import queries, tiles, words
from .rules import CLAIMS, NOT_NOTED, RULE_FIELDS
from .stage import KEY
from .tiles import Figures, Line

MONTHS_SHOWN = 36


@dataclass(frozen=True)
class Page:
    """Everything on the page; `part` is None until a run has counted."""

    part: Any | None
    rule: str
    rule_changed: bool
    may_edit: bool
    cannot: str = ""
    tiles: list[Tile] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    reasons: list[Line] = field(default_factory=list)
    largest: list[Line] = field(default_factory=list)
    formulas: list[Line] = field(default_factory=list)
    formula_note: str = ""
    losses: int = 0  # of the twelve months, of customers won within them too
    narrowed: bool = False


def page(user: Any) -> Page:
    """Return the page for the current run, with what the user may see."""
    part, now = current_part(KEY), queries.rule()
    rule = {name: getattr(now, name) for name in RULE_FIELDS}
    may_edit = can(user, "churn.edit")
    if part is None:
        return Page(None, words.rule_in_words(rule), rule_changed=False, may_edit=may_edit)
    content = part.content
    known = (part, words.rule_in_words(content["rule"], content), rule != content["rule"], may_edit)
    if "cannot" in content:
        return Page(*known, cannot=words.cannot_in_words(content["cannot"]))
    found = figures(part, user)
    losses, reasons = _reasons(found)
    return Page(
        *known,
        tiles=found.tiles(),
        charts=_charts(found),
        losses=losses,
        reasons=reasons,
        largest=_largest(found, user),
        formulas=found.formulas() if found.may_see_money else [],
        formula_note=found.formula_note(),
        narrowed=scope(user) != Scope.ALL,
    )


def figures(part: Any, user: Any) -> Figures:
    """Return the figures of a part that has counted, for this user."""
    told = of_summary(part.run_id, "margin", "parameters")
    rule = words.rule_in_words(part.content["rule"], part.content)
    share = float(told["margin"]["share"])
    return Figures(part, told["parameters"], share, rule, can(user, "money.view"))


def lost_url(start: date, end: date, **more: str) -> str:
    """Return the address of the customers lost in the days [start, end)."""
    last = end - timedelta(1)
    query = {"lost_from": start.isoformat(), "lost_until": last.isoformat(), **more}
    return f"{reverse('customers:list')}?{urlencode(query)}"


def _charts(found: Figures) -> list[Chart]:
    """Return customers lost a month, and for who may see money the value lost."""
    charts = [_by_month(found, "lost", _("Customers lost each month"), _("Customers lost"), 1.0)]
    if found.may_see_money:
        label = _("Yearly margin lost, %(unit)s") % {"unit": found.unit}
        scale = float(10 ** amounts.digits(found.unit))
        charts.append(_by_month(found, "lost_minor", _("Value lost each month"), label, scale))
    return charts


def _by_month(found: Figures, key: str, title: str, label: str, scale: float) -> Chart:
    content = found.part.content
    labels = {
        "month": _("Month"),
        "count": label,
        "settled": _("settled"),
        "open": _("may still change"),
    }
    rows, table = [], []
    for row in shown_months(content):
        month = date.fromisoformat(row["month"])
        state = labels["open" if row["provisional"] else "settled"]
        href = lost_url(month, following(month))
        rows.append({"month": row["month"], "n": row[key] / scale, "state": state, "href": href})
        table.append(_month(row, month, found, state))
    columns = [labels["month"], _("Customers at its start"), _("Customers lost"), _("Churn rate")]
    columns += [_("Came back since"), _("Came back in it")]
    columns += [_("Yearly value lost")] if found.may_see_money else []
    text = words.provisional_in_words(content["rule"], content)
    unit = ",d" if key == "lost" else "~s"
    spec = charts_of_losses.months(rows, labels=labels, unit=unit)
    return Chart(title, text, spec, [*columns, ""], table)


def shown_months(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the latest months, from the first with a loss on: before it nobody could be lost."""
    months = content["months"][-MONTHS_SHOWN:]
    first = next((place for place, row in enumerate(months) if row["lost"]), 0)
    return list(months[first:])


def _month(row: dict[str, Any], month: date, found: Figures, state: str) -> list[str]:
    n = row["customers"]
    shown = tiles.with_interval(rate(row["lost"] - row["short"], n, level=sums.LEVEL))
    told = [f"{month:%Y-%m}", number(n), number(row["lost"]), shown]
    told += [number(row["came_back"]), number(row["returned"])]
    told += [money_round(row["lost_minor"], found.unit)] if found.may_see_money else []
    return [*told, state]


def _reasons(found: Figures) -> tuple[int, list[Line]]:
    """Return a year's losses and their reasons, most frequent first, those not noted last."""
    start, end = found.span()
    counted = queries.by_reason(found.part.run, since=start, until=end)
    names = queries.reasons(archived=True)
    unknown = counted.pop(NOT_NOTED)
    known = sum(n for n, _minor in counted.values())
    lines = []
    for key in [*counted, *(key for key in CLAIMS if key not in counted)]:
        n, minor = counted.get(key, (0, 0))
        share = tiles.with_interval(rate(n, known, level=sums.LEVEL))
        claim = percent(CLAIMS[key]) if key in CLAIMS else ""
        url = lost_url(start, end, loss_reason=key) if n else ""
        lines.append(_reason(found, names.get(key, key), url, (n, minor), (share, claim)))
    url = lost_url(start, end, loss_reason=NOT_NOTED)
    lines.append(_reason(found, _("Nobody has noted why"), url, unknown, ("", "")))
    return known + unknown[0], lines


def _reason(
    found: Figures, name: str, url: str, sums: tuple[int, int], words: tuple[str, str]
) -> Line:
    n, minor = sums
    value = [money_round(minor, found.unit)] if found.may_see_money else []
    return Line(name, url, (number(n), words[0], *value, words[1]))


def _largest(found: Figures, user: Any) -> list[Line]:
    if not found.may_see_money:
        return []
    names = queries.reasons(archived=True)
    rows = queries.largest_losses(found.part.run, user=user, since=found.span()[0])
    return [
        Line(
            row.customer.name,
            reverse("value:loss", args=[row.customer_id]),
            (
                day(row.lost_on),
                money_round(row.yearly_minor, found.unit),
                names.get(getattr(row, "reason", "") or "", _("not noted yet")),
            ),
        )
        for row in rows
    ]


def reasons_page(user: Any, form: Any) -> dict[str, Any]:
    """Return the reasons that are offered, and those put away."""
    away = queries.archived_reasons()
    lines = [
        {
            "key": key,
            "name": name,
            "claim": percent(CLAIMS[key]) if key in CLAIMS else "",
            "away": key in away,
        }
        for key, name in queries.reasons(archived=True).items()
    ]
    return {"form": form, "lines": lines, "may_edit": can(user, "churn.edit")}
