"""The charts of new customers with the tables behind them."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.analysis import charts_of_relations as drawn
from mainstay.analysis.numerics import intervals
from mainstay.shared import money
from mainstay.shared.templatetags.figures import number
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.overview import customers_url

from .figures import amount, last_day, quarter, times
from .tables import QUARTER, list_of


def cost_of_one(report: Any, names: dict[int, str], unit: str) -> Chart | None:
    """Return CAC by channel with intervals."""
    scale = float(10 ** money.digits(unit))
    known = [(won, won.cac) for won in report.channels if won.cac is not None]
    if not known:
        return None
    return Chart(
        _("What a new customer costs, by channel"),
        _("The point is the cost of one new customer, the bar its 95 % interval."),
        drawn.ranges(
            _points(report, names, known, scale),
            labels=_ends(_("Cost of one in %(unit)s") % {"unit": unit}),
        ),
        [_("Channel"), _("New customers"), _("CAC"), _("Interval")],
        [_row(names, won, amount(estimate, unit)) for won, estimate in known],
    )


def worth_of_cost(report: Any, names: dict[int, str]) -> Chart | None:
    """Return LTV : CAC by channel with intervals."""
    known = [(won, won.ratio) for won in report.channels if won.ratio is not None]
    if not known:
        return None
    return Chart(
        _("Lifetime value for each unit spent, by channel"),
        _("Left of the dashed line a new customer brings less than it cost."),
        drawn.ranges(
            _points(report, names, known, 1.0), at=1, unit="~r", labels=_ends(_("LTV : CAC"))
        ),
        [_("Channel"), _("New customers"), _("LTV : CAC"), _("Interval")],
        [_row(names, won, times(estimate)) for won, estimate in known],
    )


def _points(
    report: Any, names: dict[int, str], known: list[tuple[Any, Any]], scale: float
) -> list[dict[str, Any]]:
    return [
        {
            "name": names.get(won.channel, "–"),
            "value": estimate.value / scale,
            "low": estimate.low / scale,
            "high": estimate.high / scale,
            "href": list_of(report, channel=won.channel),
        }
        for won, estimate in sorted(known, key=lambda pair: pair[1].value)
    ]


def _ends(value: str) -> dict[str, str]:
    return {"value": value, "low": _("At least"), "high": _("At most")}


def _row(names: dict[int, str], won: Any, figure: Any) -> list[str]:
    return [names.get(won.channel, "–"), number(won.counted), figure.value, figure.interval]


def money_back(book: Any, report: Any, unit: str) -> Chart | None:
    """Return the mean margin of a new customer by month of life beside what it cost."""
    from mainstay.analysis.value import acquisition

    cac, payback = report.whole.cac, report.whole.payback
    if cac is None or payback is None:
        return None
    scale = float(10 ** money.digits(unit))
    channels = {won.channel for won in report.channels if won.is_known}
    sizes = [r for r in book.sizes if r["channel"] in channels and r["months"] >= payback.observed]
    n, margins, squares = acquisition.pooled(sizes, book.returns)
    rows, total, square = [], 0.0, 0.0
    for age, (margin, grown) in enumerate(zip(margins, squares, strict=True), start=1):
        total, square = total + margin, square + grown
        if reached := intervals.mean(n, total, square):
            rows.append((age, reached))
    title = _("When the money is back")
    text = _(
        "Margin that a new customer has brought by the end of each month of life, on average of"
        " %(n)s customers; the dashed line is what one costs."
    )
    names = {"age": _("Month of life"), "value": _("Margin so far in %(unit)s") % {"unit": unit}}
    points = [
        {"age": age, **{key: end / scale for key, end in reached._asdict().items()}}
        for age, reached in rows
    ]
    return Chart(
        title,
        text % {"n": number(n)},
        drawn.curve(points, at=cac.value / scale, labels=names),
        [_("Month of life"), _("Margin so far"), _("Interval")],
        [[number(age), *amount(reached, unit)] for age, reached in rows],
    )


def arrivals(book: Any, report: Any, names: dict[int, str]) -> Chart:
    """Return new customers by quarter and channel; a click leads to them."""
    every = [won.cohort for won in report.cohorts]
    quarters = [start for start in every if not report.may_be_old(start)] or every
    counts: dict[tuple[Any, int], int] = {}
    for row in book.newcomers:
        start = row["month"].replace(month=(row["month"].month - 1) // QUARTER * QUARTER + 1)
        key = (start, row["channel"])
        counts[key] = counts.get(key, 0) + row["customers"]
    told = _by_size(counts, quarters)
    words = {c: names.get(c, "–") if c else _("no known channel") for c in told}
    rows = [
        {
            "period": quarter(start),
            "part": words[channel],
            "n": counts[start, channel],
            "href": customers_url(
                channel=channel or "null",
                first_from=start.isoformat(),
                first_to=last_day(start, QUARTER).isoformat(),
            ),
        }
        for start in quarters
        for channel in told
        if (start, channel) in counts
    ]
    return Chart(
        _("New customers by quarter and channel"),
        _("By the first purchase, without the first year of the history. A click opens the list.")
        if len(quarters) < len(every)
        else _("By the first purchase. A click opens the list."),
        drawn.arrivals(rows, labels={"n": _("New customers")}),
        [_("Quarter"), *words.values()],
        [[quarter(q), *(number(counts.get((q, c), 0)) for c in told)] for q in quarters],
    )


def _by_size(counts: dict[tuple[Any, int], int], quarters: list[Any]) -> list[int]:
    """Return the channels of these quarters, the largest first."""
    sums: dict[int, int] = {}
    for (start, channel), n in counts.items():
        if start in quarters:
            sums[channel] = sums.get(channel, 0) + n
    return sorted(sums, key=lambda channel: -sums[channel])
