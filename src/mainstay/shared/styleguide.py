"""What the styleguide page shows: every component with believable content."""

import math
from typing import Any

from django import forms

EXPLAINED = {
    "title": "Expected value, next 12 months",
    "method": "BG/NBD and Gamma-Gamma, fitted on the own orders, discounted at 10%",
    "inputs": "Orders with a known customer, returns taken off",
    "n": "4,338 customers, 18,532 orders",
    "interval": "€3.9m to €4.4m (95%)",
    "as_of": "9 Dec 2011",
    "note": "The back-test on the last 90 days was 6% too high.",
}
CUSTOMERS = [
    ("Łęcki Papier S.A.", "Gdańsk", "A", "green", 184_230_00, 0.97, 0.182),
    ("Nordlicht Handel GmbH", "Lübeck", "A", "green", 142_115_50, 0.91, 0.141),
    ("ООО «Северный путь»", "Мурманск", "B", "blue", 61_980_00, 0.64, 0.061),
    ("上海远航贸易有限公司", "上海", "B", "blue", 48_400_25, 0.88, 0.048),
    ("Harrow & Sons", "Leeds", "C", "neutral", 2_310_00, 0.12, -0.002),
]
COLUMNS = ("name", "city", "letter", "tone", "revenue", "alive", "share")
TIMELINE = [
    ("shopping-cart", "Order 581587", "12 lines", "9 Dec 2011", 4_321_00),
    ("phone", "Call about the spring range", "Wants samples before Easter", "2 Dec 2011", None),
    ("undo-2", "Return of order 580711", "Two chipped teapots", "28 Nov 2011", -37_50),
]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class ExampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the invoice.")
    kind = forms.ChoiceField(label="Kind", choices=[("org", "Organisation"), ("p", "Person")])
    credit = forms.DecimalField(label="Credit limit", max_value=1000)
    notes = forms.CharField(label="Notes", widget=forms.Textarea, required=False)
    member = forms.BooleanField(label="Loyalty member", required=False)


def examples() -> dict[str, Any]:
    """Return the context of the styleguide page."""
    return {
        "customers": [dict(zip(COLUMNS, row, strict=True)) for row in CUSTOMERS],
        "explained": EXPLAINED,
        "timeline": TIMELINE,
        "tones": ["neutral", "blue", "green", "amber", "red", "violet", "sky"],
        "levels": ["info", "success", "warning", "error"],
        "form": ExampleForm(),
        "wrong_form": ExampleForm({"name": "", "credit": "5000"}),
        "charts": [_pareto(), _months(), _grid(), _forecast()],
    }


def _pareto() -> dict[str, Any]:
    points = [{"customers": n / 50, "revenue": (n / 50) ** 0.28} for n in range(51)]
    x: dict[str, Any] = {
        "field": "customers",
        "type": "quantitative",
        "title": "Share of customers",
    }
    y: dict[str, Any] = {"field": "revenue", "type": "quantitative", "title": "Share of revenue"}
    for axis in (x, y):
        axis["axis"] = {"format": "%"}
    spec = {
        "data": {"values": points},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "area", "line": True, "tooltip": True}},
            {
                "mark": {"type": "rule", "strokeDash": [4, 4]},
                "data": {"values": [{"customers": 0.2}]},
                "encoding": {"x": x},
            },
        ],
    }
    table = [(f"{p['customers']:.0%}", f"{p['revenue']:.0%}") for p in points[::10]]
    return _chart("Who brings the revenue", spec, ("Customers", "Revenue"), table)


def _months() -> dict[str, Any]:
    rows = [
        {"month": month, "kind": kind, "orders": round(900 + 350 * math.sin(i / 2 + shift))}
        for i, month in enumerate(MONTHS)
        for shift, kind in ((0, "New"), (2, "Returning"))
    ]
    spec = {
        "data": {"values": rows},
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "x": {"field": "month", "sort": MONTHS, "title": None, "axis": {"labelAngle": 0}},
            "y": {"field": "orders", "type": "quantitative", "title": "Orders"},
            "color": {"field": "kind", "title": None},
        },
    }
    table = [(r["month"], r["kind"], r["orders"]) for r in rows]
    return _chart("Orders by month", spec, ("Month", "Kind", "Orders"), table)


def _grid() -> dict[str, Any]:
    cells = [
        {"r": r, "f": f, "customers": 20 + r * f * 13, "href": "#grid"}
        for r in range(1, 6)
        for f in range(1, 6)
    ]
    scores = {
        "x": {"field": "r", "title": "Recency score", "axis": {"labelAngle": 0}},
        "y": {"field": "f", "title": "Frequency score", "sort": "descending"},
    }
    spec = {
        "data": {"values": cells},
        "encoding": scores,
        "layer": [
            {
                "mark": {"type": "rect", "cornerRadius": 4, "cursor": "pointer", "tooltip": True},
                "encoding": {
                    "color": {"field": "customers", "type": "quantitative", "legend": None}
                },
            },
        ],
        "config": {"scale": {"bandPaddingInner": 0.06}},
    }
    table = [(f"R{c['r']} F{c['f']}", c["customers"]) for c in cells]
    return _chart("Recency and frequency", spec, ("Cell", "Customers"), table)


def _forecast() -> dict[str, Any]:
    rows = [
        {"week": w, "mid": 40 * w**0.8, "low": 34 * w**0.8, "high": 47 * w**0.8}
        for w in range(1, 40)
    ]
    week = {"field": "week", "type": "quantitative", "title": "Week"}
    spec = {
        "data": {"values": rows},
        "encoding": {"x": week},
        "layer": [
            {
                "mark": {"type": "area", "line": False},
                "encoding": {
                    "y": {"field": "low", "type": "quantitative", "title": "Orders"},
                    "y2": {"field": "high"},
                },
            },
            {"mark": "line", "encoding": {"y": {"field": "mid", "type": "quantitative"}}},
        ],
    }
    table = [(r["week"], round(r["low"]), round(r["high"])) for r in rows[::8]]
    return _chart("Forecast with its interval", spec, ("Week", "Low", "High"), table)


def _chart(
    title: str, spec: dict[str, Any], columns: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> dict[str, Any]:
    words = f"{title}: an example chart."
    return {
        "title": title,
        "spec": spec,
        "table": {"columns": columns, "rows": rows},
        "description": words,
    }
