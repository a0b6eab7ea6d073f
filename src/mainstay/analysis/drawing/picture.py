"""From a specification to an SVG picture: frame, axes, marks, legend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from mainstay.analysis.drawing import marks
from mainstay.analysis.drawing.layers import (
    Layer,
    is_measured,
    layers_of,
    main_of,
    palette,
    stacked,
    values,
)
from mainstay.analysis.drawing.scales import SEPARATORS, Scale, bands, days, linear

SIZE = (480, 280)
LEFT, RIGHT, TOP, BOTTOM = 68, 16, 14, 46
LETTER, SIGN = 6.4, 11.5  # pixels per letter, and per Chinese sign
CHINESE = 0x2E80  # where the wide signs begin
LINE = 13


@dataclass(frozen=True)
class Frame:
    """The edges of what is drawn within a picture, and the picture's size."""

    left: float
    top: float
    width: int
    height: int

    @property
    def right(self) -> float:
        return self.width - RIGHT

    @property
    def base(self) -> float:
        return self.height - BOTTOM


def draw(
    spec: dict[str, Any],
    *,
    title: str,
    size: tuple[int, int] = SIZE,
    style: str = "",
    separators: tuple[str, str] = (",", "."),
) -> str:
    """Return the picture of a chart specification.

    Args:
        spec: from `mainstay.analysis.charts`.
        title: read to those who cannot see the picture.
        size: width and height in pixels.
        style: rules of CSS for a picture that stands alone.
        separators: what stands between thousands and before decimals.
    """
    before = SEPARATORS.set(separators)
    try:
        return _picture(spec, title, size, style)
    finally:
        SEPARATORS.reset(before)


def _picture(spec: dict[str, Any], title: str, size: tuple[int, int], style: str) -> str:
    layers = layers_of(spec)
    main = main_of(layers)
    legend = _legend(main)
    frame = Frame(_left(main), TOP + (22 if legend else 0), *size)
    across = _scale(layers, main, "x", (frame.left, frame.right))
    down = _scale(layers, main, "y", (frame.base, frame.top))
    drawn = "".join(marks.draw(layer, across, down) for layer in layers)
    axes = _axis_x(main, across, frame) + _axis_y(main, down, frame)
    rules = f"<style>{style}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" role="img"'
        f' aria-label="{escape(title)}"><title>{escape(title)}</title>{rules}'
        f"{axes}{drawn}{_keys(legend, frame.left)}</svg>"
    )


def _scale(
    layers: Sequence[Layer], main: Layer, channel: str, pixels: tuple[float, float]
) -> Scale:
    field = main["encoding"][channel]
    if field["type"] == "temporal":
        return days(values(layers, channel), pixels)
    if field["type"] == "quantitative":
        along, ends = stacked(main)
        return linear(ends if along == channel else values(layers, channel), pixels, field)
    seen = list(dict.fromkeys(values([main], channel)))
    if field["type"] == "ordinal" and field.get("sort", "ascending") is not None:
        seen = sorted(seen, reverse=(field.get("sort") == "descending") != (channel == "y"))
    style = field.get("axis", {}).get("format")
    gap = 0.06 if field["type"] == "ordinal" else 0.35
    return bands(seen, pixels, gap=gap, style=style)


def width_of(text: str) -> float:
    return sum(SIGN if ord(letter) >= CHINESE else LETTER for letter in text)


def _left(layer: Layer) -> float:
    field = layer["encoding"]["y"]
    if field["type"] != "nominal":
        return LEFT
    names = (str(row[field["field"]]) for row in layer["data"])
    return max(LEFT, 16 + max(map(width_of, names), default=0))


def _axis_x(layer: Layer, scale: Scale, frame: Frame) -> str:
    base = frame.base
    words = "".join(_tick(place, lines, base) for place, lines in _fitting(scale))
    middle = (frame.left + frame.right) / 2
    title = escape(layer["encoding"]["x"].get("title") or "")
    line = f'<line class="base" x1="{frame.left}" x2="{frame.right}" y1="{base}" y2="{base}"/>'
    below = f'y="{frame.height - 6}" text-anchor="middle"'
    name = f'<text class="name" x="{middle}" {below}>{title}</text>'
    return f'<g class="axis">{line if is_measured(layer, "y") else ""}{words}{name}</g>'


def _fitting(scale: Scale) -> Iterator[tuple[float, list[str]]]:
    """Return the words under the picture: names in up to two lines, others only if they fit."""
    reached = float("-inf")
    for place, word in scale.ticks:
        lines = _wrapped(word, scale.band * 1.3) if scale.band else [word]
        half = max(map(width_of, lines)) / 2
        if place - half >= reached + 2 or len(scale.ticks) <= 8:
            yield place, lines
            reached = place + half


def _wrapped(text: str, width: float) -> list[str]:
    """Return the text in two lines where one is too long and it has a space to break at."""
    breaks = [at for at, letter in enumerate(text) if letter == " "]
    if width_of(text) <= width or not breaks:
        return [text]
    at = min(breaks, key=lambda at: abs(at - len(text) / 2))
    return [text[:at], text[at + 1 :]]


def _tick(place: float, lines: list[str], base: float) -> str:
    return "".join(
        f'<text x="{place:.1f}" y="{base + 17 + LINE * number}" text-anchor="middle">'
        f"{escape(line)}</text>"
        for number, line in enumerate(lines)
    )


def _axis_y(layer: Layer, scale: Scale, frame: Frame) -> str:
    grid = "".join(
        f'<line x1="{frame.left}" x2="{frame.right}" y1="{place:.1f}" y2="{place:.1f}"/>'
        for place, _ in scale.ticks
        if is_measured(layer, "y")
    )
    ticks = "".join(
        f'<text x="{frame.left - 8}" y="{place + 4:.1f}" text-anchor="end">{escape(word)}</text>'
        for place, word in scale.ticks
    )
    title, middle = escape(layer["encoding"]["y"].get("title") or ""), frame.base / 2
    turned = f'transform="translate(11 {middle}) rotate(-90)"'
    words = f'<text class="name" {turned} text-anchor="middle">{title}</text>' if title else ""
    return f'<g class="axis">{grid}{ticks}{words}</g>'


def _legend(layer: Layer) -> Sequence[tuple[str, str]]:
    """Return the words and colours of a chart that tells series apart by colour."""
    if layer["encoding"].get("color", {}).get("legend", True) is None:
        return ()
    return list(palette(layer).items())


def _keys(legend: Sequence[tuple[str, str]], left: float) -> str:
    drawn, x = "", left
    for word, shade in legend:
        drawn += (
            f'<rect x="{x:.0f}" y="8" width="12" height="12" rx="3" fill="{shade}"/>'
            f'<text x="{x + 18:.0f}" y="18">{escape(word)}</text>'
        )
        x += 36 + width_of(word)
    return f'<g class="axis">{drawn}</g>' if drawn else ""
