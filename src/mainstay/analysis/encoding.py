"""What charts are made of: fields, tooltips, links and colours of Vega-Lite specifications."""

from collections.abc import Mapping, Sequence
from typing import Any

Spec = dict[str, Any]
Labels = Mapping[str, str]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
BLUE, GREEN, AMBER, RED, GREY = "#206bc4", "#2fb344", "#f59f00", "#d63939", "#8a94a6"


def quantity(name: str, title: str, *, format: str, domain: list[float] | None = None) -> Spec:
    """Return a field that counts or measures, on an axis."""
    axis = {"format": format, "tickCount": 5}
    field: Spec = {"field": name, "type": "quantitative", "title": title, "axis": axis}
    return field if domain is None else {**field, "scale": {"domain": domain}}


def plain(*fields: Spec) -> list[Spec]:
    """Return the fields without axes and scales, for a tooltip or a text."""
    return [{key: field[key] for key in ("field", "type", "title")} for field in fields]


def tips(*fields: Spec) -> list[Spec]:
    """Return the lines of a tooltip, numbers as on the axis."""
    return [
        {**tip, "format": field["axis"]["format"]}
        for tip, field in zip(plain(*fields), fields, strict=True)
    ]


def linked(rows: Sequence[Mapping[str, Any]], encoding: Spec) -> Spec:
    """Let a click on a mark follow the row's own link, where it has one."""
    if not rows or "href" not in rows[0]:
        return encoding
    return {**encoding, "href": {"field": "href", "type": "nominal"}}


def spec(rows: Sequence[Mapping[str, Any]], **parts: Any) -> Spec:
    """Return the whole specification over these rows."""
    data = {"values": [dict(row) for row in rows]}
    return {"$schema": SCHEMA, "width": "container", "data": data, **parts}
