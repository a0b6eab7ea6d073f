"""Charts of what happens month by month and renewal by renewal.

Vega-Lite specifications like those of `charts`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from mainstay.analysis.encoding import AMBER, BLUE, Labels, Spec, linked, quantity, spec, tips

PALE = "#a5c8f0"


def months(rows: Sequence[Mapping[str, Any]], *, labels: Labels, unit: str = ",d") -> Spec:
    """Amounts per month as bars, each month in the colour of its state.

    Args:
        rows: `month` (ISO), `n`, `state` (a translated word), optional `href`.
        labels: `month`, `count`, `settled` and `open`, the two words for `state`.
        unit: number format of the amounts.
    """
    x: Spec = {
        "field": "month",
        "type": "ordinal",
        "timeUnit": "yearmonth",
        "title": labels["month"],
        "axis": {"format": "%Y-%m", "labelOverlap": True},
    }
    y = quantity("n", labels["count"], format=unit)
    scale = {"domain": [labels["settled"], labels["open"]], "range": [BLUE, PALE]}
    colour = {"field": "state", "type": "nominal", "title": None, "scale": scale}
    when = {"field": "month", "type": "temporal", "title": labels["month"], "format": "%Y-%m"}
    told = [when, *tips(y), {"field": "state", "type": "nominal", "title": " "}]
    encoding = {"x": x, "y": y, "color": colour, "tooltip": told}
    return spec(rows, mark={"type": "bar"}, encoding=linked(rows, encoding))


def survival(points: Sequence[Mapping[str, Any]], *, labels: Labels, steps: bool = False) -> Spec:
    """Shares of those who stay, a line per series, with the interval of those that have one.

    Args:
        points: `time`, `series` (a translated word), `share`, optional `low` and `high`.
        labels: `time`, `share`.
        steps: a share holds until the next time, as observed curves do.
    """
    x = quantity("time", labels["time"], format="~s")
    y = quantity("share", labels["share"], format=".0%", domain=[0, 1])
    names = list(dict.fromkeys(str(point["series"]) for point in points))
    scale = {"domain": names, "range": [BLUE, AMBER][: len(names)]}
    colour: Spec = {"field": "series", "type": "nominal", "title": None, "scale": scale}
    colour["legend"] = {"symbolOpacity": 1} if len(names) > 1 else None
    shape = "step-after" if steps else "linear"
    told = [{"field": "series", "type": "nominal", "title": ""}, *tips(x, y)]
    ends = {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}}
    band = {
        "data": {"values": [dict(point) for point in points if "low" in point]},
        "mark": {"type": "area", "opacity": 0.18, "interpolate": shape, "line": False},
        "encoding": {"x": x, **ends, "color": colour},
    }
    lines = {
        "mark": {"type": "line", "interpolate": shape, "point": not steps},
        "encoding": {"x": x, "y": y, "color": colour, "tooltip": told},
    }
    return spec(points, layer=[band, lines])
