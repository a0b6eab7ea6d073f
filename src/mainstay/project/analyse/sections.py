"""Sections on the base as a whole: concentration, scores, value, and what was left out."""

from collections.abc import Callable
from typing import Any

from mainstay.analysis import charts
from mainstay.analysis.said.marks import gettext_noop
from mainstay.project.analyse.drawn import draw
from mainstay.project.analyse.html import Html, figure, folded, items, paragraph, section, table
from mainstay.project.analyse.language import gettext as _
from mainstay.project.analyse.language import ngettext, percent
from mainstay.project.analyse.wording import (
    METHODS,
    Money,
    count,
    segment,
    sentence,
    share,
)

Summary = dict[str, Any]
CONTENTS = {
    "pareto": gettext_noop("Concentration"),
    "scores": gettext_noop("RFM"),
    "value": gettext_noop("Lifetime value"),
    "risk": gettext_noop("At risk"),
    "largest": gettext_noop("Largest customers"),
    "test": gettext_noop("How good is the forecast?"),
    "models": gettext_noop("Models"),
    "left": gettext_noop("Left out"),
    "source": gettext_noop("Source"),
}


def cannot(summary: Summary) -> Html:
    """Say first what could not be computed, and why."""
    money = Money.of(summary)
    reasons = [sentence(reason["why"], money) for reason in summary.get("cannot", [])]
    if summary.get("few"):
        few = ngettext(
            "There is %(n)s customer: too few for shares and forecasts to mean much.",
            "There are %(n)s customers: too few for shares and forecasts to mean much.",
            summary["n"],
        )
        reasons.append(few % {"n": summary["n"]})
    if not reasons or not summary["n"]:
        return Html()
    return section("cannot", _("What could not be computed"), items(reasons))


def how(method: str, *parts: Html) -> Html:
    """Say how figures are computed, behind a title that opens it."""
    return folded(_("How this is computed"), paragraph(_(METHODS[method])), *parts)


def pareto(summary: Summary) -> Html:
    """Show how revenue is spread over customers, and the ABC classes."""
    classes = summary["classes"]
    if not classes or not (summary["total_minor"] or 0) > 0:
        return Html()
    money, n, total = Money.of(summary), summary["n"], summary["total_minor"]
    bounds = [summary["parameters"][name] for name in ("abc_a", "abc_b")]
    rows = [
        [
            Html(f'<span class="tag">{row["abc_class"]}</span>'),
            count(row["customers"]),
            share(row["customers"] / n),
            money(row["revenue_minor"]),
            share(row["revenue_minor"] / total),
            money(row["least_minor"]),
        ]
        for row in classes
    ]
    heads = [_("Class"), _("Customers"), _("of all"), _("Revenue"), _("of all"), _("Down to")]
    shares = {"share": share(classes[0]["customers"] / n), "revenue": percent(bounds[0])}
    told = _("%(share)s of the customers bring %(revenue)s of revenue.") % shares
    return section(
        "pareto",
        _("How revenue is concentrated"),
        paragraph(told if classes[0]["abc_class"] == "A" else ""),
        '<div class="columns">',
        _curve(summary, bounds),
        f"<div>{table(heads, rows)}{how('abc')}</div></div>",
    )


def _curve(summary: Summary, bounds: list[float]) -> Html:
    n = summary["n"]
    points = [{"customers": 0.0, "revenue": 0.0}] + [
        {"customers": row["revenue_rank"] / n, "revenue": min(row["revenue_share_cum"], 1.0)}
        for row in summary["curve"]
    ]
    labels = {
        "customers": _("Share of customers, largest first"),
        "revenue": _("Share of revenue"),
    }
    shown = points[:: max(1, len(points) // 20)]
    return figure(
        draw(charts.pareto(points, abc=bounds, labels=labels), title=_("Pareto curve")),
        _("Dashed: where class A and class B end."),
        table(
            [_("Customers"), _("Revenue")],
            [[share(point["customers"]), share(point["revenue"])] for point in shown],
            words=0,
        ),
    )


def scores(summary: Summary) -> Html:
    """Show the grid of recency by frequency, and the segments."""
    money, n = Money.of(summary), summary["n"]
    found = {(row["r"], row["f"]): row["customers"] for row in summary["grid"]}
    cells = [
        {"r": r, "f": f, "customers": found.get((r, f), 0)}
        for r in range(1, 6)
        for f in range(1, 6)
    ]
    labels = {
        "r": _("Recency score"),
        "f": _("Frequency score"),
        "customers": _("Customers"),
    }
    grid = draw(
        charts.heat(cells, x="f", y="r", value="customers", labels=labels),
        title=_("Customers by recency and frequency score"),
    )
    numbers = table(
        [_("Recency"), _("Frequency"), _("Customers")],
        [[row["r"], row["f"], count(row["customers"])] for row in cells if row["customers"]],
        words=0,
    )
    rows = [
        [
            segment(row["segment"]),
            count(row["customers"]),
            share(row["customers"] / n),
            money(row["revenue_minor"]),
        ]
        for row in summary["segments"]
    ]
    heads = [_("Segment"), _("Customers"), _("of all"), _("Revenue")]
    return section(
        "scores",
        _("Who bought lately, often, for much"),
        '<div class="columns">',
        figure(grid, _("5 is best: bought last, bought most often."), numbers),
        f"<div>{table(heads, rows)}</div></div>",
        how("rfm", _cuts(summary, money)),
    )


def _cuts(summary: Summary, money: Money) -> Html:
    words: dict[str, tuple[str, Callable[[float], str]]] = {
        "r": (_("Recency: days since the last purchase, at most"), count),
        "f": (_("Frequency: purchase days, more than"), count),
        "m": (_("Monetary: revenue, more than"), money),
    }
    rows = []
    for key, (name, written) in words.items():
        cuts = summary["cuts"][key]
        best_last = reversed(cuts) if key == "r" else cuts
        rows.append([name, *(written(cut) for cut in best_last)])
    return table([_("For a score of"), "2", "3", "4", "5"], rows)


def value(summary: Summary) -> Html:
    """Show how lifetime value is spread over customers."""
    spread = summary.get("clv")
    if not spread:
        return Html()
    money, horizon = Money.of(summary), summary["parameters"]["horizon_months"]
    unit = 10**money.decimals
    bins = [{"low": b["low"] / unit, "high": b["high"] / unit, "n": b["n"]} for b in spread["bins"]]
    worth = f"{_('Lifetime value')} {money.currency}".strip()
    labels = {"value": worth, "count": _("Customers")}
    picture = draw(charts.histogram(bins, labels=labels), title=_("Customers by lifetime value"))
    numbers = table(
        [_("From"), _("to"), _("Customers")],
        [[money(b["low"]), money(b["high"]), count(b["n"])] for b in spread["bins"]],
        words=0,
    )
    below = _("%(share)s of customers are below")
    quantiles = [
        [below % {"share": percent(float(name) / 100)}, money(v)]
        for name, v in spread["quantiles"].items()
    ]
    margin, rate = summary["margin"], summary["parameters"]["discount_rate"]
    shares = {"share": share(margin["share"]), "known": share(margin["known"])}
    return section(
        "value",
        _("What customers are worth from here on"),
        paragraph(
            _(METHODS["clv"]) % {"months": horizon, "rate": share(rate)},
            _(METHODS[f"margin_{margin['basis']}"]) % shares,
        ),
        '<div class="columns">',
        figure(picture, _("Each bar begins where its number says; the last one is open."), numbers),
        f"{table([_('Lifetime value'), ''], quantiles)}</div>",
    )
