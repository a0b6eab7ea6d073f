"""Charts as Vega-Lite specifications: plain dictionaries of data and encodings, no drawing.

The site draws them in the browser, the stand-alone report as SVG; colours of text, axes and
background come from whoever draws. Every word arrives translated in `labels`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from mainstay.analysis.encoding import AMBER, BLUE, GREEN, GREY, RED, Labels, Spec
from mainstay.analysis.encoding import linked as _linked
from mainstay.analysis.encoding import plain as _plain
from mainstay.analysis.encoding import quantity as _field
from mainstay.analysis.encoding import spec as _spec
from mainstay.analysis.encoding import tips as _tips

INK, BRIGHT = "#16324f", 0.55  # of words on a cell; above this share of the deepest, white
CLASS_COLOURS = {"A": BLUE, "B": "#4299e1", "C": "#a5c8f0"}


def pareto(points: Sequence[Mapping[str, float]], *, abc: Sequence[float], labels: Labels) -> Spec:
    """Cumulative share of revenue over the share of customers, largest first.

    Args:
        points: `customers` and `revenue`, shares from 0 to 1, in order, optional `href`.
        abc: shares of revenue at which class A and class B end.
        labels: `customers`, `revenue`.
    """
    x = _field("customers", labels["customers"], format=".0%", domain=[0, 1])
    y = _field("revenue", labels["revenue"], format=".0%")
    area = {"type": "area", "line": {"color": BLUE}, "color": BLUE, "opacity": 0.18}
    bounds = {
        "data": {"values": [{"share": share} for share in abc]},
        "mark": {"type": "rule", "strokeDash": [4, 4], "color": GREY},
        "encoding": {"y": {"field": "share", "type": "quantitative"}},
    }
    curve = {"mark": area, "encoding": {"x": x, "y": y, "tooltip": _tips(x, y)}}
    return _spec(points, layer=[curve, bounds, *_touched(points, x, y)])


def _touched(points: Sequence[Mapping[str, Any]], x: Spec, y: Spec) -> list[Spec]:
    """Return places on a curve that follow their links, unseen: a curve itself has no parts."""
    if not points or "href" not in points[0]:
        return []
    mark = {"type": "point", "color": BLUE, "filled": True, "size": 120, "opacity": 0}
    return [{"mark": mark, "encoding": _linked(points, {"x": x, "y": y, "tooltip": _tips(x, y)})}]


def whale(
    points: Sequence[Mapping[str, Any]], *, peak: float, labels: Labels, unit: str = "~s"
) -> Spec:
    """Cumulative net profit over the share of customers, most profitable first.

    Args:
        points: `customers` (share) and `profit` (cumulative, in whole units), optional `href`.
        peak: share of customers at which the curve turns down.
        labels: `customers`, `profit`.
        unit: number format of the profit axis.
    """
    x = _field("customers", labels["customers"], format=".0%", domain=[0, 1])
    y = _field("profit", labels["profit"], format=unit)
    area = {"type": "area", "line": {"color": BLUE}, "color": BLUE, "opacity": 0.18}
    marks = {"type": "point", "color": BLUE, "filled": True, "size": 26}
    turn = {
        "data": {"values": [{"customers": peak}]},
        "mark": {"type": "rule", "strokeDash": [4, 4], "color": RED},
        "encoding": {"x": {"field": "customers", "type": "quantitative"}},
    }
    curve = {"mark": area, "encoding": {"x": x, "y": y}}
    places = {
        "mark": marks,
        "encoding": _linked(points, {"x": x, "y": y, "tooltip": _tips(x, y)}),
    }
    return _spec(points, layer=[curve, turn, places])


def gains(rows: Sequence[Mapping[str, Any]], *, labels: Labels, unit: str = "~s") -> Spec:
    """Amounts above and below zero side by side, gains in blue and losses in red.

    Args:
        rows: `name` and `amount` (in whole units), in order, optional `href`.
        labels: `name`, `amount`, `gain`, `loss`.
        unit: number format of the amounts.
    """
    told = [{**row, "kind": labels["loss" if row["amount"] < 0 else "gain"]} for row in rows]
    y = _field("amount", labels["amount"], format=unit)
    x = {"field": "name", "type": "ordinal", "sort": None, "title": labels["name"]}
    colour = {
        "field": "kind",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [labels["gain"], labels["loss"]], "range": [BLUE, RED]},
    }
    encoding = {
        "x": {**x, "axis": {"labelAngle": 0, "labelOverlap": True}},
        "y": y,
        "color": colour,
        "tooltip": [*_plain(x), *_tips(y)],
    }
    return _spec(told, mark={"type": "bar"}, encoding=_linked(told, encoding))


def classes(rows: Sequence[Mapping[str, Any]], *, labels: Labels) -> Spec:
    """Share of customers and of revenue in each class, side by side.

    Args:
        rows: `abc_class`, `measure` (a translated word), `share` from 0 to 1, optional `href`.
        labels: `class`, `share`.
    """
    x = _field("share", labels["share"], format=".0%")
    y = {"field": "measure", "type": "nominal", "title": None}
    colour = {
        "field": "abc_class",
        "type": "nominal",
        "title": labels["class"],
        "scale": {"domain": list(CLASS_COLOURS), "range": list(CLASS_COLOURS.values())},
    }
    tips = [y, {"field": "abc_class", "type": "nominal", "title": labels["class"]}, *_tips(x)]
    encoding = {"x": x, "y": y, "color": colour, "tooltip": tips}
    return _spec(rows, mark={"type": "bar"}, encoding=_linked(rows, encoding))


def histogram(
    bins: Sequence[Mapping[str, Any]], *, labels: Labels, colour: str = BLUE, unit: str = "~s"
) -> Spec:
    """Counts per bin, the bins side by side and equally wide, each named by where it begins.

    Args:
        bins: `low`, `high`, `n`, optional `href`.
        labels: `value`, `count`.
        unit: number format of the value axis.
    """
    low = _field("low", labels["value"], format=unit)
    high = _field("high", "–", format=unit)
    y = _field("n", labels["count"], format=",d")
    axis = {"format": unit, "formatType": "number", "labelAngle": 0, "labelOverlap": True}
    x = {**low, "type": "ordinal", "sort": None, "axis": axis}
    encoding = {"x": x, "y": y, "tooltip": _tips(low, high, y)}
    return _spec(bins, mark={"type": "bar", "color": colour}, encoding=_linked(bins, encoding))


def stacked(
    rows: Sequence[Mapping[str, Any]], *, row: str, part: str, amount: str, labels: Labels
) -> Spec:
    """A horizontal bar per row, made of its parts, in the order of the rows.

    Args:
        rows: one mapping per part with the fields named by `row`, `part` (both words) and `amount`.
        labels: a title for `amount`.
    """
    x = _field(amount, labels[amount], format="~s")
    y = {"field": row, "type": "nominal", "title": None, "sort": None}
    parts = list(dict.fromkeys(each[part] for each in rows))
    scale = {"domain": parts, "range": [BLUE, "#a5c8f0", GREEN, AMBER, GREY][: len(parts)]}
    colour = {"field": part, "type": "nominal", "title": None, "scale": scale, "sort": None}
    tips = [*_plain(y, {**colour, "title": None}), *_tips(x)]
    return _spec(
        rows, mark={"type": "bar"}, encoding={"x": x, "y": y, "color": colour, "tooltip": tips}
    )


def waterfall(steps: Sequence[Mapping[str, Any]], *, labels: Labels) -> Spec:
    """A sum, what was added to it and taken from it, and the sum that remains.

    Args:
        steps: `name`, `from`, `to` and `tone` (total, up or down), in order.
        labels: `amount`.
    """
    scale = {"domain": ["total", "up", "down"], "range": [BLUE, GREEN, RED]}
    y = _field("from", labels["amount"], format="~s")
    slant = {"labelAngle": -30}  # so that the names of seven steps fit on a phone
    x = {"field": "name", "type": "nominal", "title": None, "sort": None, "axis": slant}
    end = {"field": "to", "type": "quantitative", "title": labels["amount"]}
    colour = {"field": "tone", "type": "nominal", "legend": None, "scale": scale}
    tips = [{key: x[key] for key in ("field", "type", "title")}, *_tips({**y, **end})]
    encoding = {"x": x, "y": y, "y2": {"field": "to"}, "color": colour, "tooltip": tips}
    return _spec(steps, mark={"type": "bar"}, encoding=encoding)


def heat(
    cells: Sequence[Mapping[str, Any]],
    *,
    x: str,
    y: str,
    value: str,
    labels: Labels,
    first: str = "descending",
) -> Spec:
    """A grid of cells shaded by value, with the number written in each.

    Args:
        cells: one mapping per cell with the fields named by `x`, `y`, `value`, optional `href`.
        labels: a title for each of the three fields.
        first: whether the rows begin at the top with the largest (descending) or the least.
    """
    across = {"field": x, "type": "ordinal", "title": labels[x], "axis": {"labelAngle": 0}}
    down = {"field": y, "type": "ordinal", "title": labels[y], "sort": first}
    shade = {"field": value, "type": "quantitative", "title": labels[value], "legend": None}
    tips = [*_plain(across, down), {**_plain(shade)[0], "format": ",d"}]
    colours = {**shade, "scale": {"scheme": "blues"}}
    grid = {"mark": {"type": "rect"}, "encoding": _linked(cells, {"color": colours})}
    bright = BRIGHT * max((cell[value] for cell in cells), default=0)
    ink = {"condition": {"test": f"datum[{value!r}] > {bright}", "value": "white"}, "value": INK}
    words = {
        "mark": {"type": "text"},
        "encoding": {"text": {**_plain(shade)[0], "format": ",d"}, "color": ink},
    }
    return _spec(cells, layer=[grid, words], encoding={"x": across, "y": down, "tooltip": tips})


def tracking(points: Sequence[Mapping[str, Any]], *, ends: str, labels: Labels) -> Spec:
    """Cumulative purchases, actual beside forecast, with the day on which fitting ended.

    Args:
        points: `day` (ISO), `series` (a translated word), `purchases`, optional `low` and `high`.
        ends: ISO day on which the calibration period ended.
        labels: `day`, `purchases`.
    """
    x = {"field": "day", "type": "temporal", "title": labels["day"]}
    y = _field("purchases", labels["purchases"], format="~s")
    scale = {"range": [BLUE, AMBER]}
    colour = {"field": "series", "type": "nominal", "title": None, "scale": scale}
    lines = {
        "mark": {"type": "line", "interpolate": "monotone"},
        "encoding": {"x": x, "y": y, "color": colour, "tooltip": [x, *_tips(y)]},
    }
    bound = {
        "data": {"values": [{"day": ends}]},
        "mark": {"type": "rule", "strokeDash": [4, 4], "color": GREY},
        "encoding": {"x": {"field": "day", "type": "temporal"}},
    }
    return _spec(points, layer=[*_band(points, x), lines, bound])


def _band(points: Sequence[Mapping[str, Any]], x: Spec) -> list[Spec]:
    """Return the interval around the series whose points carry its ends."""
    known = [dict(point) for point in points if "low" in point]
    if not known:
        return []
    ends = {name: {"field": name, "type": "quantitative"} for name in ("low", "high")}
    encoding = {"x": x, "y": ends["low"], "y2": {"field": "high"}}
    mark = {"type": "area", "color": AMBER, "opacity": 0.18, "line": False}
    return [{"data": {"values": known}, "mark": mark, "encoding": encoding}]


def side_by_side(rows: Sequence[Mapping[str, Any]], *, labels: Labels, unit: str = ".1f") -> Spec:
    """Amounts of groups in two versions side by side, such as actual beside forecast.

    Args:
        rows: `group` and `series` (words, in order), `amount`.
        labels: `group`, `amount`.
        unit: number format of the amounts.
    """
    x = {"field": "group", "type": "ordinal", "title": labels["group"], "sort": None}
    y = _field("amount", labels["amount"], format=unit)
    scale = {"range": [BLUE, AMBER]}
    colour: Spec = {"field": "series", "type": "nominal", "title": None, "scale": scale}
    encoding = {
        "x": {**x, "axis": {"labelAngle": 0}},
        "xOffset": {"field": "series", "sort": None},
        "y": y,
        "color": {**colour, "sort": None},
        "tooltip": [*_plain(x, {**colour, "title": ""}), *_tips(y)],
    }
    return _spec(rows, mark={"type": "bar"}, encoding=encoding)
