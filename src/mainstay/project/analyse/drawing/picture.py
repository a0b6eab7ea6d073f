"""From a specification to an SVG picture: frame, axes, marks, legend."""

from collections.abc import Sequence
from html import escape
from typing import Any

from mainstay.project.analyse.drawing import marks
from mainstay.project.analyse.drawing.scales import Scale, bands, days, linear

Spec = dict[str, Any]
WIDTH, HEIGHT = 480, 280
LEFT, RIGHT, TOP, BOTTOM = 68, 16, 14, 46
LETTER = 6.4  # pixels per letter of a category


def draw(spec: Spec, *, title: str) -> str:
    """Return the picture of a chart specification; `title` is read to those who cannot see it."""
    layers = [_merged(spec, layer) for layer in spec.get("layer", [spec])]
    main = layers[0]
    legend = _legend(main)
    top = TOP + (22 if legend else 0)
    left = _left(main)
    across = _scale(main, "x", (left, WIDTH - RIGHT))
    down = _scale(main, "y", (HEIGHT - BOTTOM, top))
    drawn = "".join(marks.draw(layer, across, down) for layer in layers)
    frame = _axis_x(main, across) + _axis_y(main, down, left)
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{frame}{drawn}{_keys(legend, left)}</svg>"
    )


def _merged(spec: Spec, layer: Spec) -> Spec:
    """Return a layer with the data and encodings that it shares with the whole."""
    data = (layer.get("data") or spec["data"])["values"]
    shared: Spec = spec.get("encoding", {})
    return {
        "data": data,
        "mark": layer["mark"],
        "encoding": {**shared, **layer.get("encoding", {})},
    }


def _scale(layer: Spec, channel: str, pixels: tuple[float, float]) -> Scale:
    field = layer["encoding"][channel]
    values = [row[field["field"]] for row in layer["data"]]
    if field["type"] == "temporal":
        return days(values, pixels)
    if field["type"] == "quantitative":
        return linear(marks.stacked(layer, channel) or values, pixels, field)
    seen = list(dict.fromkeys(values))
    if field["type"] == "ordinal":
        seen = sorted(seen, reverse=(field.get("sort") == "descending") != (channel == "y"))
    style = field.get("axis", {}).get("format")
    gap = 0.35 if field["type"] == "nominal" else 0.06
    return bands(seen, pixels, gap=gap, style=style)


def _left(layer: Spec) -> float:
    field = layer["encoding"]["y"]
    if field["type"] != "nominal":
        return LEFT
    longest = max((len(str(row[field["field"]])) for row in layer["data"]), default=0)
    return max(LEFT, 16 + LETTER * longest)


def _axis_x(layer: Spec, scale: Scale) -> str:
    base = HEIGHT - BOTTOM
    ticks = "".join(
        f'<text x="{place:.1f}" y="{base + 17}" text-anchor="middle">{escape(word)}</text>'
        for place, word in scale.ticks
    )
    middle = (LEFT + WIDTH - RIGHT) / 2
    title = escape(layer["encoding"]["x"].get("title") or "")
    line = f'<line class="base" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{base}" y2="{base}"/>'
    words = f'<text class="name" x="{middle}" y="{HEIGHT - 6}" text-anchor="middle">{title}</text>'
    return f'<g class="axis">{line if _measured(layer, "y") else ""}{ticks}{words}</g>'


def _axis_y(layer: Spec, scale: Scale, left: float) -> str:
    grid = "".join(
        f'<line x1="{left}" x2="{WIDTH - RIGHT}" y1="{place:.1f}" y2="{place:.1f}"/>'
        for place, _ in scale.ticks
        if _measured(layer, "y")
    )
    ticks = "".join(
        f'<text x="{left - 8}" y="{place + 4:.1f}" text-anchor="end">{escape(word)}</text>'
        for place, word in scale.ticks
    )
    title, middle = escape(layer["encoding"]["y"].get("title") or ""), (HEIGHT - BOTTOM) / 2
    turned = f'transform="translate(11 {middle}) rotate(-90)"'
    words = f'<text class="name" {turned} text-anchor="middle">{title}</text>' if title else ""
    return f'<g class="axis">{grid}{ticks}{words}</g>'


def _measured(layer: Spec, channel: str) -> bool:
    return bool(layer["encoding"][channel]["type"] == "quantitative")


def _legend(layer: Spec) -> Sequence[tuple[str, str]]:
    """Return the words and colours of a chart that tells series apart by colour."""
    colour = layer["encoding"].get("color", {})
    if colour.get("type") != "nominal":
        return ()
    return [(word, shade) for word, shade in marks.palette(layer).items()]


def _keys(legend: Sequence[tuple[str, str]], left: float) -> str:
    drawn, x = "", left
    for word, shade in legend:
        drawn += (
            f'<rect x="{x:.0f}" y="8" width="12" height="12" rx="3" fill="{shade}"/>'
            f'<text x="{x + 18:.0f}" y="18">{escape(word)}</text>'
        )
        x += 36 + LETTER * len(word)
    return f'<g class="axis">{drawn}</g>' if drawn else ""
