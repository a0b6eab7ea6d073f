"""Charts about relations over time: estimates side by side, curves with a band, who came when.

Like `charts`: Vega-Lite specifications whose words arrive translated in `labels`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from mainstay.analysis.encoding import (
    BLUE,
    GREY,
    RED,
    Labels,
    Spec,
    linked,
    plain,
    quantity,
    spec,
    tips,
)


def ranges(
    rows: Sequence[Mapping[str, Any]],
    *,
    labels: Labels,
    at: float | None = None,
    unit: str = "~s",
    step: int = 34,
) -> Spec:
    """Estimates one below the other, each a point within its interval.

    Args:
        rows: `name`, `value`, `low`, `high`, in order, optional `href`.
        labels: `value`, `low`, `high`.
        at: a value that parts good from bad, drawn as a dashed line.
        unit: number format of the values.
        step: height of a row in pixels.
    """
    x = quantity("value", labels["value"], format=unit)
    ends = [quantity(name, labels[name], format=unit) for name in ("low", "high")]
    y = {"field": "name", "type": "nominal", "title": None, "sort": None}
    seen = {"tooltip": [*plain({**y, "title": ""}), *tips(x, *ends)]}
    bars = {
        "mark": {"type": "rule", "strokeWidth": 4, "color": BLUE, "opacity": 0.35},
        "encoding": linked(rows, {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y}),
    }
    dots = {
        "mark": {"type": "point", "filled": True, "size": 90, "color": BLUE, "opacity": 1},
        "encoding": linked(rows, {"x": x, "y": y, **seen}),
    }
    bound = [] if at is None else [_bound({"x": at}, "x", RED)]
    return spec(rows, layer=[bars, *bound, dots], height={"step": step})


def curve(
    points: Sequence[Mapping[str, Any]],
    *,
    labels: Labels,
    at: float | None = None,
    unit: str = "~s",
) -> Spec:
    """A curve over ages with the band of its interval.

    Args:
        points: `age`, `value`, and `low` and `high` where known.
        labels: `age`, `value`.
        at: a value to be reached, drawn as a dashed line.
        unit: number format of the values.
    """
    x = {**quantity("age", labels["age"], format="d"), "scale": {"nice": False}}
    y = quantity("value", labels["value"], format=unit)
    band = {
        "transform": [{"filter": "isValid(datum.low)"}],
        "mark": {"type": "area", "color": BLUE, "opacity": 0.16, "line": False},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }
    line = {
        "mark": {"type": "line", "color": BLUE, "point": {"size": 30, "color": BLUE}},
        "encoding": {"x": x, "y": y, "tooltip": tips(x, y)},
    }
    bound = [] if at is None else [_bound({"y": at}, "y", GREY)]
    return spec(points, layer=[band, *bound, line])


def arrivals(rows: Sequence[Mapping[str, Any]], *, labels: Labels) -> Spec:
    """How many came in each period, a bar each made of its parts.

    Args:
        rows: `period` and `part` (words), `n`, in order, optional `href`.
        labels: `n`.
    """
    y = quantity("n", labels["n"], format=",d")
    x = {"field": "period", "type": "ordinal", "title": None, "sort": None}
    colour = {"field": "part", "type": "nominal", "title": None, "sort": None}
    words = plain({**x, "title": ""}, {**colour, "title": " "})
    encoding = {
        "x": {**x, "axis": {"labelAngle": 0, "labelOverlap": True}},
        "y": y,
        "color": {**colour, "legend": {"columns": 3}},
        "tooltip": [*words, *tips(y)],
    }
    return spec(rows, mark={"type": "bar"}, encoding=linked(rows, encoding))


def _bound(place: Mapping[str, float], axis: str, colour: str) -> Spec:
    return {
        "data": {"values": [dict(place)]},
        "mark": {"type": "rule", "strokeDash": [4, 4], "color": colour},
        "encoding": {axis: {"field": axis, "type": "quantitative"}},
    }
