"""The marks of a layer as SVG, each with its values as a tooltip."""

from collections import defaultdict
from html import escape
from typing import Any

from mainstay.project.analyse.drawing.scales import Scale, number

Layer = dict[str, Any]
Row = dict[str, Any]
PALE, DEEP = (222, 235, 247), (8, 69, 148)  # the ends of the scheme "blues"
BRIGHT = 0.55  # above this share of the way to deep, words on a cell are white


def draw(layer: Layer, across: Scale, down: Scale) -> str:
    """Return the marks of one layer."""
    mark = layer["mark"]
    kinds = {
        "area": _area,
        "bar": _bars,
        "line": _lines,
        "rect": _cells,
        "rule": _rules,
        "text": _words,
    }
    if mark["type"] not in kinds:
        raise ValueError(f"the mark {mark['type']!r} is not drawn; add it to drawing.marks")
    return kinds[mark["type"]](layer, across, down)


def palette(layer: Layer) -> dict[str, str]:
    """Return the colour of each series."""
    colour = layer["encoding"]["color"]
    scale = colour.get("scale", {})
    seen = list(dict.fromkeys(row[colour["field"]] for row in layer["data"]))
    return dict(zip(scale.get("domain", seen), scale["range"], strict=False))


def stacked(layer: Layer, channel: str) -> list[float]:
    """Return the ends of stacked bars along the measured channel; nothing if nothing is stacked."""
    if not _is_stacked(layer, channel):
        return []
    totals: dict[Any, float] = defaultdict(float)
    for row in layer["data"]:
        totals[_at(layer, row, "y")] += _at(layer, row, "x")
    return list(totals.values())


def _is_stacked(layer: Layer, channel: str = "x") -> bool:
    return (
        channel == "x"
        and layer["mark"]["type"] == "bar"
        and layer["encoding"]["y"]["type"] == "nominal"
    )


def _at(layer: Layer, row: Row, channel: str) -> Any:
    return row[layer["encoding"][channel]["field"]]


def _tip(layer: Layer, row: Row) -> str:
    """Return what a pointer resting on the mark is told."""
    parts = []
    for tip in layer["encoding"].get("tooltip", []):
        value = row[tip["field"]]
        said = number(value, tip["format"]) if "format" in tip else str(value)
        parts.append(f"{tip['title']}: {said}" if tip.get("title") else said)
    return f"<title>{escape(' · '.join(parts))}</title>"


def _points(layer: Layer, rows: list[Row], across: Scale, down: Scale) -> list[tuple[float, float]]:
    return [(across.place(_at(layer, r, "x")), down.place(_at(layer, r, "y"))) for r in rows]


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _area(layer: Layer, across: Scale, down: Scale) -> str:
    points, mark = _points(layer, layer["data"], across, down), layer["mark"]
    if not points:
        return ""
    line, ground = _path(points), down.place(0)
    close = f"L{points[-1][0]:.1f} {ground:.1f}L{points[0][0]:.1f} {ground:.1f}Z"
    dots = "".join(
        f'<circle class="touch" cx="{x:.1f}" cy="{y:.1f}" r="7">{_tip(layer, row)}</circle>'
        for (x, y), row in zip(points, layer["data"], strict=True)
    )
    return (
        f'<path d="{line}{close}" fill="{mark["color"]}" opacity="{mark["opacity"]}"/>'
        f'<path d="{line}" fill="none" stroke="{mark["line"]["color"]}" stroke-width="2"/>{dots}'
    )


def _lines(layer: Layer, across: Scale, down: Scale) -> str:
    series: dict[str, list[Row]] = defaultdict(list)
    for row in layer["data"]:
        series[_at(layer, row, "color")].append(row)
    colours = palette(layer)
    return "".join(
        f'<path d="{_path(_points(layer, rows, across, down))}" fill="none"'
        f' stroke="{colours[name]}" stroke-width="2" stroke-linejoin="round"/>'
        for name, rows in series.items()
    )


def _bars(layer: Layer, across: Scale, down: Scale) -> str:
    if layer["encoding"]["x"]["type"] == "ordinal":
        return _columns(layer, across, down)
    if not _is_stacked(layer):
        raise ValueError("bars are drawn along an ordinal x, or stacked along a nominal y, only")
    return _stacks(layer, across, down)


def _columns(layer: Layer, across: Scale, down: Scale) -> str:
    drawn, ground = "", down.place(0)
    for row in layer["data"]:
        left, top = across.place(_at(layer, row, "x")), down.place(_at(layer, row, "y"))
        drawn += (
            f'<rect x="{left - across.band / 2:.1f}" y="{top:.1f}" width="{across.band:.1f}"'
            f' height="{ground - top:.1f}" rx="1.5" fill="{layer["mark"]["color"]}">'
            f"{_tip(layer, row)}</rect>"
        )
    return drawn


def _stacks(layer: Layer, across: Scale, down: Scale) -> str:
    colours, drawn = palette(layer), ""
    reached: dict[Any, float] = defaultdict(float)
    for row in layer["data"]:
        y, share = _at(layer, row, "y"), _at(layer, row, "x")
        start, end = across.place(reached[y]), across.place(reached[y] + share)
        reached[y] += share
        drawn += (
            f'<rect x="{start:.1f}" y="{down.place(y) - down.band / 2:.1f}" rx="2"'
            f' width="{max(end - start, 0):.1f}" height="{down.band:.1f}"'
            f' fill="{colours[_at(layer, row, "color")]}">{_tip(layer, row)}</rect>'
        )
    return drawn


def _cells(layer: Layer, across: Scale, down: Scale) -> str:
    shades = _shades(layer, "color")
    return "".join(
        f'<rect x="{across.place(_at(layer, row, "x")) - across.band / 2:.1f}"'
        f' y="{down.place(_at(layer, row, "y")) - down.band / 2:.1f}" rx="3"'
        f' width="{across.band:.1f}" height="{down.band:.1f}" fill="{_blue(share)}">'
        f"{_tip(layer, row)}</rect>"
        for row, share in zip(layer["data"], shades, strict=True)
    )


def _words(layer: Layer, across: Scale, down: Scale) -> str:
    text = layer["encoding"]["text"]
    return "".join(
        f'<text class="cell" x="{across.place(_at(layer, row, "x")):.1f}" text-anchor="middle"'
        f' y="{down.place(_at(layer, row, "y")) + 4:.1f}"'
        f' fill="{"#fff" if share > BRIGHT else "#16324f"}">'
        f"{number(row[text['field']], text['format'])}</text>"
        for row, share in zip(layer["data"], _shades(layer, "text"), strict=True)
    )


def _rules(layer: Layer, across: Scale, down: Scale) -> str:
    drawn, look = "", f'stroke="{layer["mark"]["color"]}" stroke-dasharray="4 4"'
    for row in layer["data"]:
        if "y" in layer["encoding"]:
            y = down.place(_at(layer, row, "y"))
            ends = (across.ticks[0][0], across.ticks[-1][0]) if across.ticks else (0, 0)
            drawn += (
                f'<line x1="{ends[0]:.1f}" x2="{ends[1]:.1f}" y1="{y:.1f}" y2="{y:.1f}" {look}/>'
            )
        else:
            x = across.place(_at(layer, row, "x"))
            ends = (down.ticks[0][0], down.ticks[-1][0])
            drawn += (
                f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{ends[0]:.1f}" y2="{ends[1]:.1f}" {look}/>'
            )
    return drawn


def _shades(layer: Layer, channel: str) -> list[float]:
    """Return how deep each cell's value is, from 0 to 1."""
    values = [_at(layer, row, channel) for row in layer["data"]]
    top = max(values, default=0) or 1
    return [value / top for value in values]


def _blue(share: float) -> str:
    mixed = (round(p + (d - p) * share) for p, d in zip(PALE, DEEP, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)
