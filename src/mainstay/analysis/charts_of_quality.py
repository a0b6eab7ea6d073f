"""Charts of the quality of data over time: Vega-Lite specifications like those of `charts`."""

from collections.abc import Mapping, Sequence
from typing import Any

from mainstay.analysis.encoding import BLUE, Labels, Spec, quantity, spec, tips


def history(rows: Sequence[Mapping[str, Any]], *, labels: Labels) -> Spec:
    """The score of each check as a line, with its interval as a band.

    Args:
        rows: `day` (ISO), `score`, `low`, `high`.
        labels: `day`, `score`.
    """
    x: Spec = {"field": "day", "type": "temporal", "title": labels["day"]}
    y = quantity("score", labels["score"], format=".0f")
    y["scale"] = {"zero": False, "nice": True}
    when = {"field": "day", "type": "temporal", "title": labels["day"], "format": "%Y-%m-%d"}
    score = tips(y)[0] | {"format": ".1f"}
    ends = {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}}
    area = {"type": "area", "opacity": 0.18, "color": BLUE, "line": False}
    band = {"mark": area, "encoding": {"x": x, **ends}}
    line = {
        "mark": {"type": "line", "point": True, "color": BLUE},
        "encoding": {"x": x, "y": y, "tooltip": [when, score]},
    }
    return spec(rows, layer=[band, line])
