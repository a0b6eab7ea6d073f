"""What is told of a cohort at an age: its words, its value and interval, its curve."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.analysis import charts_of_relations as drawn
from mainstay.shared import money
from mainstay.shared.templatetags.figures import money_round, number, percent
from mainstay.value.presenters.charts import Chart

MOST = 36  # cohorts and ages that are shown
PERIODS = {
    "month": gettext_lazy("Months"),
    "quarter": gettext_lazy("Quarters"),
    "year": gettext_lazy("Years"),
}
AGES = {
    "month": gettext_lazy("Month of life"),
    "quarter": gettext_lazy("Quarter of life"),
    "year": gettext_lazy("Year of life"),
}
MEASURES = {
    "retention": gettext_lazy("Retention"),
    "revenue": gettext_lazy("Revenue"),
    "margin": gettext_lazy("Margin"),
}
METHODS = {
    "retention": gettext_lazy(
        "Share of the customers that bought in that period of their life. Wilson’s interval."
    ),
    "revenue": gettext_lazy(
        "Revenue of that period of life ÷ customers who have lived through it, buyers or not."
    ),
    "margin": gettext_lazy(
        "Gross margin of that period of life ÷ customers who have lived through it, buyers or not."
        " The interval is that of a mean."
    ),
}
FEW = 10  # customers under whom counts are told


def value_of(cell: Any, measure: str) -> float | None:
    """Return a share, or an amount per customer in minor units; None for few customers."""
    if cell.customers < FEW:
        return None
    if measure == "retention":
        return float(cell.active / cell.customers)
    return float(getattr(cell, f"{measure}_minor") / cell.customers)


def estimate(cell: Any, measure: str) -> Any:
    """Return the interval, where there is one."""
    if cell.customers < FEW or measure == "revenue":
        return None
    return cell.retention() if measure == "retention" else cell.margin()


def written(value: float, measure: str, unit: str) -> str:
    """Return a share, or an amount in minor units, as people read it."""
    return percent(value) if measure == "retention" else money_round(value, unit)


def together(cells: list[Any], chosen: dict[str, str], unit: str) -> Chart | None:
    """Return all cohorts as one, age by age, with the interval."""
    measure = chosen["measure"]
    known = [cell for cell in cells[:MOST] if cell.customers >= FEW]
    if len(known) < 2:  # noqa: PLR2004  one point is no curve
        return None
    scale = 1.0 if measure == "retention" else float(10 ** money.digits(unit))
    points, rows = [], []
    for cell in known:
        value, ends = value_of(cell, measure) or 0.0, estimate(cell, measure)
        band = {"low": ends.low / scale, "high": ends.high / scale} if ends else {}
        points.append({"age": cell.age + 1, "value": value / scale, **band})
        told, *interval = (written(end, measure, unit) for end in (value, *(ends or ())[1:]))
        n = (number(cell.age + 1), number(cell.customers))
        rows.append([*n, told, " – ".join(interval) or "–"])
    label = str(MEASURES[measure])
    axis = _("%(what)s per customer in %(unit)s") % {"what": label, "unit": unit}
    return Chart(
        _("All cohorts together"),
        str(METHODS[measure]) + " " + _("The older the age, the fewer cohorts are in it."),
        drawn.curve(
            points,
            labels={
                "age": str(AGES[chosen["period"]]),
                "value": label if measure == "retention" else axis,
            },
            unit=".0%" if measure == "retention" else "~s",
        ),
        [str(AGES[chosen["period"]]), _("Customers"), label, _("Interval")],
        rows,
    )
