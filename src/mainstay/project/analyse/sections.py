"""Sections on the base as a whole: concentration, scores, value, and what was left out."""

from collections.abc import Callable
from typing import Any

from mainstay.analysis import charts
from mainstay.analysis.drawing import draw
from mainstay.project.analyse.html import Html, figure, folded, items, paragraph, section, table
from mainstay.project.analyse.wording import (
    LEFT_OUT,
    METHODS,
    ROLES,
    SEGMENTS,
    Money,
    count,
    share,
)

Summary = dict[str, Any]
CONTENTS = {
    "pareto": "Concentration",
    "scores": "RFM",
    "value": "Lifetime value",
    "risk": "At risk",
    "largest": "Largest customers",
    "test": "How good is the forecast?",
    "models": "Models",
    "left": "Left out",
    "source": "Source",
}


def cannot(summary: Summary) -> Html:
    """Say first what could not be computed, and why."""
    reasons = [reason["why"] for reason in summary.get("cannot", [])]
    if summary.get("few"):
        reasons.append(
            f"There are {summary['n']} customers: too few for shares and forecasts to mean much."
        )
    if not reasons or not summary["n"]:
        return Html()
    return section("cannot", "What could not be computed", items(reasons))


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
    heads = ["Class", "Customers", "of all", "Revenue", "of all", "Down to"]
    said = (
        f"{share(classes[0]['customers'] / n)} of the customers bring {bounds[0]:.0%} of revenue."
    )
    return section(
        "pareto",
        "How revenue is concentrated",
        paragraph(said if classes[0]["abc_class"] == "A" else ""),
        '<div class="columns">',
        _curve(summary, bounds),
        "<div>",
        table(heads, rows),
        folded("How this is computed", paragraph(METHODS["abc"])),
        "</div>",
        "</div>",
    )


def _curve(summary: Summary, bounds: list[float]) -> Html:
    n = summary["n"]
    points = [{"customers": 0.0, "revenue": 0.0}] + [
        {"customers": row["revenue_rank"] / n, "revenue": min(row["revenue_share_cum"], 1.0)}
        for row in summary["curve"]
    ]
    labels = {"customers": "Share of customers, largest first", "revenue": "Share of revenue"}
    shown = points[:: max(1, len(points) // 20)]
    return figure(
        draw(charts.pareto(points, abc=bounds, labels=labels), title="Pareto curve"),
        "Dashed: where class A and class B end.",
        table(
            ["Customers", "Revenue"],
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
    labels = {"r": "Recency score", "f": "Frequency score", "customers": "Customers"}
    grid = draw(
        charts.heat(cells, x="f", y="r", value="customers", labels=labels),
        title="Customers by recency and frequency score",
    )
    numbers = table(
        ["Recency", "Frequency", "Customers"],
        [[row["r"], row["f"], count(row["customers"])] for row in cells if row["customers"]],
        words=0,
    )
    rows = [
        [
            SEGMENTS.get(row["segment"], row["segment"]),
            count(row["customers"]),
            share(row["customers"] / n),
            money(row["revenue_minor"]),
        ]
        for row in summary["segments"]
    ]
    return section(
        "scores",
        "Who bought lately, often, for much",
        '<div class="columns">',
        figure(grid, "5 is best: bought last, bought most often.", numbers),
        f"<div>{table(['Segment', 'Customers', 'of all', 'Revenue'], rows)}</div></div>",
        folded("How this is computed", paragraph(METHODS["rfm"]), _cuts(summary, money)),
    )


def _cuts(summary: Summary, money: Money) -> Html:
    words: dict[str, tuple[str, Callable[[float], str]]] = {
        "r": ("Recency: days since the last purchase, at most", count),
        "f": ("Frequency: purchase days, more than", count),
        "m": ("Monetary: revenue, more than", money),
    }
    rows = []
    for key, (name, written) in words.items():
        cuts = summary["cuts"][key]
        best_last = reversed(cuts) if key == "r" else cuts
        rows.append([name, *(written(cut) for cut in best_last)])
    return table(["For a score of", "2", "3", "4", "5"], rows)


def value(summary: Summary) -> Html:
    """Show how lifetime value is spread over customers."""
    spread = summary.get("clv")
    if not spread:
        return Html()
    money, horizon = Money.of(summary), summary["parameters"]["horizon_months"]
    unit = 10**money.decimals
    bins = [{"low": b["low"] / unit, "high": b["high"] / unit, "n": b["n"]} for b in spread["bins"]]
    labels = {"value": f"Lifetime value {money.currency}".strip(), "count": "Customers"}
    picture = draw(charts.histogram(bins, labels=labels), title="Customers by lifetime value")
    numbers = table(
        ["From", "to", "Customers"],
        [[money(b["low"]), money(b["high"]), count(b["n"])] for b in spread["bins"]],
        words=0,
    )
    quantiles = [
        [f"{name} % of customers are below", money(v)] for name, v in spread["quantiles"].items()
    ]
    margin = summary["margin"]
    basis = METHODS[f"margin_{margin['basis']}"].format(
        share=share(margin["share"]), known=share(margin["known"])
    )
    rate = summary["parameters"]["discount_rate"]
    return section(
        "value",
        "What customers are worth from here on",
        paragraph(METHODS["clv"].format(months=horizon, rate=share(rate)), basis),
        '<div class="columns">',
        figure(picture, "Each bar begins where its number says; the last one is open.", numbers),
        f"{table(['Lifetime value', ''], quantiles)}</div>",
    )


def left_out(summary: Summary) -> Html:
    """Say which lines and customers were not counted, and why."""
    counts, money = summary["counts"], Money.of(summary)
    rows = [
        [
            words[0].upper() + words[1:],
            count(int(counts[f"{key}_lines"])),
            money(float(counts[f"{key}_minor"])),
        ]
        for key, words in LEFT_OUT.items()
        if int(counts.get(f"{key}_lines") or 0)
    ]
    said = []
    if cancelled := summary["source"]["cancellations"]:
        said.append(
            f"{count(cancelled)} lines of cancelled orders (numbers that begin with C) were netted"
            " against the customer's revenue; they are no purchases."
        )
    if without := counts.get("without_purchase_customers"):
        said.append(
            f"{count(int(without))} customers have only returns, no purchase"
            f" ({money(float(counts['without_purchase_amount_minor'] or 0))}); they are not valued."
        )
    spend = (summary.get("models") or {}).get("spend") or {}
    if spend.get("excluded"):
        said.append(
            f"{count(spend['excluded'])} returning customers whose later purchases add up to zero"
            " or less were left out of the spend model."
        )
    body = (
        table(["What", "Lines", "Amount"], rows) if rows else paragraph("Every line was counted.")
    )
    return section("left", "What was left out, and why", body, items(said) if said else "")


def source(summary: Summary) -> Html:
    """Say how the file was read."""
    source = summary["source"]
    rows = [[ROLES.get(role, role).capitalize(), name] for role, name in source["columns"].items()]
    said = [
        f"{count(n)} cells of “{source['columns'][role]}” make no sense as {ROLES.get(role, role)}."
        for role, n in source["unread"].items()
    ]
    said += [
        f"“{source['columns'][role]}” can be read in two ways; check a few values against the file."
        for role in source["doubtful"]
    ]
    kind = source["format"].capitalize() + (f", {source['encoding']}" if source["encoding"] else "")
    return section(
        "source",
        "How the file was read",
        paragraph(f"{kind}. Another column can be named with --column role=name."),
        table(["Part", "Column"], rows, words=2),
        items(said) if said else "",
    )
