"""What a layer of a specification holds: its rows, its mark, its encodings."""

from collections import defaultdict
from collections.abc import Sequence
from html import escape
from typing import Any

from mainstay.analysis.drawing.scales import number

Layer = dict[str, Any]
Row = dict[str, Any]
SERIES = ("#206bc4", "#f59f00", "#2fb344", "#a5c8f0", "#8a94a6")


def layers_of(spec: dict[str, Any]) -> list[Layer]:
    """Return the layers, each with the data and encodings that it shares with the whole."""
    shared = spec.get("encoding", {})
    return [
        {
            "data": (layer.get("data") or spec["data"])["values"],
            "mark": layer["mark"],
            "encoding": {**shared, **layer.get("encoding", {})},
        }
        for layer in spec.get("layer", [spec])
    ]


def main_of(layers: Sequence[Layer]) -> Layer:
    """Return the layer that names the axes and the series."""

    def telling(layer: Layer) -> tuple[bool, bool, bool]:
        encoding = layer["encoding"]
        both = "x" in encoding and "y" in encoding
        return both, both and "title" in encoding["y"], "color" in encoding

    return max(layers, key=telling)


def at(layer: Layer, row: Row, channel: str) -> Any:
    return row.get(layer["encoding"][channel]["field"])


def values(layers: Sequence[Layer], channel: str) -> list[Any]:
    """Return everything that the layers place along a channel, both ends of what has two."""
    return [
        row[field]
        for layer in layers
        for name in (channel, f"{channel}2")
        if (field := layer["encoding"].get(name, {}).get("field"))
        for row in layer["data"]
        if row.get(field) is not None
    ]


def palette(layer: Layer) -> dict[str, str]:
    """Return the colour of each series; none where the layer has no series."""
    colour = layer["encoding"].get("color", {})
    if colour.get("type") != "nominal":
        return {}
    scale = colour.get("scale", {})
    seen = list(dict.fromkeys(row[colour["field"]] for row in layer["data"]))
    return dict(zip(scale.get("domain", seen), scale.get("range", SERIES), strict=False))


def colour(layer: Layer, row: Row, colours: dict[str, str]) -> str:
    return colours[at(layer, row, "color")] if colours else layer["mark"].get("color", SERIES[0])


def tip(layer: Layer, row: Row) -> str:
    """Return what a pointer resting on the mark is told."""
    parts = []
    for told in layer["encoding"].get("tooltip", []):
        value = row.get(told["field"])
        if value is not None:
            said = number(value, told["format"]) if "format" in told else str(value)
            parts.append(f"{told['title']}: {said}" if (told.get("title") or "").strip() else said)
    return f"<title>{escape(' · '.join(parts))}</title>"


def is_measured(layer: Layer, channel: str) -> bool:
    return bool(layer["encoding"][channel]["type"] == "quantitative")


def stacked(layer: Layer) -> tuple[str, list[float]]:
    """Return the channel along which bars are stacked and their ends; "" if none are."""
    encoding = layer["encoding"]
    if layer["mark"]["type"] != "bar" or "xOffset" in encoding or "y2" in encoding:
        return "", []
    names, amounts = ("y", "x") if is_measured(layer, "x") else ("x", "y")
    totals: dict[Any, float] = defaultdict(float)
    for row in layer["data"]:
        totals[at(layer, row, names)] += at(layer, row, amounts)
    return amounts, list(totals.values())
