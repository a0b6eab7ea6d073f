"""The marks of a layer as SVG, each with its values as a tooltip."""

from collections import defaultdict
from html import escape

from mainstay.analysis.drawing.bars import bars
from mainstay.analysis.drawing.layers import Layer, Row, at, colour, palette, tip
from mainstay.analysis.drawing.scales import Scale, number

PALE, DEEP = (222, 235, 247), (8, 69, 148)  # the ends of the scheme "blues"
BRIGHT = 0.55  # above this share of the way to deep, words on a cell are white
DASHED = 'stroke-dasharray="4 4"'


def draw(layer: Layer, across: Scale, down: Scale) -> str:
    """Return the marks of one layer."""
    kinds = {
        "area": _area,
        "bar": bars,
        "line": _lines,
        "point": _dots,
        "rect": _cells,
        "rule": _rules,
        "text": _words,
    }
    kind = layer["mark"]["type"]
    if kind not in kinds:
        raise ValueError(f"the mark {kind!r} is not drawn; add it to drawing.marks")
    return kinds[kind](layer, across, down)


def _points(
    layer: Layer, rows: list[Row], across: Scale, down: Scale, y: str = "y"
) -> list[tuple[float, float]]:
    return [
        (across.place(at(layer, row, "x")), down.place(at(layer, row, y)))
        for row in rows
        if at(layer, row, y) is not None
    ]


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _area(layer: Layer, across: Scale, down: Scale) -> str:
    """Return what lies between a curve and zero, or between its two ends."""
    points, mark = _points(layer, layer["data"], across, down), layer["mark"]
    if not points:
        return ""
    if "y2" in layer["encoding"]:
        back = _points(layer, layer["data"], across, down, "y2")[::-1]
    else:
        back = [(points[-1][0], down.place(0)), (points[0][0], down.place(0))]
    fill = mark.get("color") or next(iter(palette(layer).values()), "currentColor")
    drawn = f'<path d="{_path(points + back)}Z" fill="{fill}" opacity="{mark["opacity"]}"/>'
    if not mark.get("line"):
        return drawn
    dots = "".join(
        f'<circle class="touch" cx="{x:.1f}" cy="{y:.1f}" r="7">{tip(layer, row)}</circle>'
        for (x, y), row in zip(points, layer["data"], strict=True)
    )
    return f"{drawn}{_curve(points, mark['line']['color'])}{dots}"


def _curve(points: list[tuple[float, float]], stroke: str) -> str:
    return (
        f'<path d="{_path(points)}" fill="none" stroke="{stroke}" stroke-width="2"'
        ' stroke-linejoin="round"/>'
    )


def _lines(layer: Layer, across: Scale, down: Scale) -> str:
    colours = palette(layer)
    series: dict[str, list[Row]] = defaultdict(list)
    for row in layer["data"]:
        series[colour(layer, row, colours)].append(row)
    return "".join(
        _curve(_points(layer, rows, across, down), stroke) for stroke, rows in series.items()
    )


def _dots(layer: Layer, across: Scale, down: Scale) -> str:
    radius = (layer["mark"].get("size", 30) / 3.14) ** 0.5
    colours, faint = palette(layer), layer["mark"].get("opacity", 1)
    return "".join(
        f'<circle opacity="{faint}" cx="{across.place(at(layer, row, "x")):.1f}" r="{radius:.1f}"'
        f' cy="{down.place(at(layer, row, "y")):.1f}" fill="{colour(layer, row, colours)}">'
        f"{tip(layer, row)}</circle>"
        for row in layer["data"]
    )


def _cells(layer: Layer, across: Scale, down: Scale) -> str:
    shades = _shades(layer, "color")
    return "".join(
        f'<rect x="{across.place(at(layer, row, "x")) - across.band / 2:.1f}"'
        f' y="{down.place(at(layer, row, "y")) - down.band / 2:.1f}" rx="3"'
        f' width="{across.band:.1f}" height="{down.band:.1f}" fill="{_blue(share)}">'
        f"{tip(layer, row)}</rect>"
        for row, share in zip(layer["data"], shades, strict=True)
    )


def _words(layer: Layer, across: Scale, down: Scale) -> str:
    text = layer["encoding"]["text"]
    return "".join(
        f'<text class="cell" x="{across.place(at(layer, row, "x")):.1f}" text-anchor="middle"'
        f' y="{down.place(at(layer, row, "y")) + 4:.1f}"'
        f' fill="{"#fff" if share > BRIGHT else "#16324f"}">'
        f"{escape(number(row[text['field']], text['format']))}</text>"
        for row, share in zip(layer["data"], _shades(layer, "text"), strict=True)
    )


def _rules(layer: Layer, across: Scale, down: Scale) -> str:
    """Return lines across the whole picture, or from one end of an interval to the other."""
    mark, encoding = layer["mark"], layer["encoding"]
    wide = f' stroke-width="{mark["strokeWidth"]}"' if "strokeWidth" in mark else ""
    look = f'stroke="{mark["color"]}"{wide} {DASHED if "strokeDash" in mark else ""}'
    faint = f' opacity="{mark["opacity"]}"' if "opacity" in mark else ""
    drawn = ""
    for row in layer["data"]:
        xs, ys = _ends(layer, row, "x", across), _ends(layer, row, "y", down)
        if "x2" in encoding:
            xs = (across.place(at(layer, row, "x")), across.place(at(layer, row, "x2")))
        drawn += (
            f'<line x1="{xs[0]:.1f}" x2="{xs[1]:.1f}" y1="{ys[0]:.1f}" y2="{ys[1]:.1f}"'
            f" {look}{faint}/>"
        )
    return drawn


def _ends(layer: Layer, row: Row, channel: str, scale: Scale) -> tuple[float, float]:
    """Return where a rule stands along a channel, or both ends of the scale where it says none."""
    if channel in layer["encoding"]:
        place = scale.place(at(layer, row, channel))
        return place, place
    return (scale.ticks[0][0], scale.ticks[-1][0]) if scale.ticks else (0.0, 0.0)


def _shades(layer: Layer, channel: str) -> list[float]:
    """Return how deep each cell's value is, from 0 to 1."""
    values = [at(layer, row, channel) for row in layer["data"]]
    top = max(values, default=0) or 1
    return [max(value, 0) / top for value in values]


def _blue(share: float) -> str:
    mixed = (round(p + (d - p) * share) for p, d in zip(PALE, DEEP, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)
