"""Bars: upright, side by side, stacked, floating between two amounts, or lying."""

from collections import defaultdict
from typing import Any

from mainstay.analysis.drawing.layers import Layer, at, colour, is_measured, palette, tip
from mainstay.analysis.drawing.scales import Scale


def bars(layer: Layer, across: Scale, down: Scale) -> str:
    """Return the bars of a layer; those of one place stand on each other."""
    if is_measured(layer, "x"):
        return _lying(layer, across, down)
    colours, drawn = palette(layer), ""
    reached: dict[Any, float] = defaultdict(float)
    series = list(colours) if "xOffset" in layer["encoding"] else [None]
    width = across.band / len(series)
    for row in layer["data"]:
        place = at(layer, row, "x")
        start, end = _ends(layer, row, reached[place] if series == [None] else 0.0)
        reached[place] = end
        turn = 0 if series == [None] else series.index(at(layer, row, "color"))
        left = across.place(place) - across.band / 2 + turn * width
        top, bottom = sorted((down.place(start), down.place(end)))
        drawn += _rect((left, top, width, bottom - top), colour(layer, row, colours), layer, row)
    return drawn


def _ends(layer: Layer, row: dict[str, Any], reached: float) -> tuple[float, float]:
    if "y2" in layer["encoding"]:
        return at(layer, row, "y"), at(layer, row, "y2")
    return reached, reached + at(layer, row, "y")


def _lying(layer: Layer, across: Scale, down: Scale) -> str:
    colours, drawn = palette(layer), ""
    reached: dict[Any, float] = defaultdict(float)
    for row in layer["data"]:
        y, amount = at(layer, row, "y"), at(layer, row, "x")
        left, right = sorted((across.place(reached[y]), across.place(reached[y] + amount)))
        reached[y] += amount
        box = (left, down.place(y) - down.band / 2, right - left, down.band)
        drawn += _rect(box, colour(layer, row, colours), layer, row)
    return drawn


def _rect(
    box: tuple[float, float, float, float], fill: str, layer: Layer, row: dict[str, Any]
) -> str:
    x, y, width, height = box
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="1.5"'
        f' fill="{fill}">{tip(layer, row)}</rect>'
    )
