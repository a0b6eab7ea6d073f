"""A comparison of models as plain text, for a terminal."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from . import opportunities

HEADS = ("model", "log score", "behind", "total", "off by", "MAE", "median MAE", "held")
TRACKED = 8  # marks of the tracking curve that are told
Rows = Sequence[Sequence[str]]


def text(found: dict[str, Any], *, unit: str = "day") -> str:
    """Return the comparison that a summary carries: table, calibration and tracking."""
    used = next(model for model in found["models"] if model["name"] == found["used"])
    who = f"{found['n']} of {found['customers']} customers"
    until = _named(found["split"], unit)
    said = [
        f"{who}, known to {until}, then {found['days']} {unit}s: {found['actual']:.0f} purchases",
        *_aligned([HEADS, *map(_row, found["models"])]),
        f"used: {found['used']}; not told apart from the best: {', '.join(found['tied'])}",
        *(f"{one['name']}: {one['why']}" for one in found["cannot"]),
        f"Calibration of {used['title']}: {unit}s of purchase in the holdout, by those before",
        *_aligned([("before", "customers", "forecast", "actual"), *map(_group, used["groups"])]),
    ]
    tracking = found["tracking"]
    if curve := tracking["models"].get(found["used"]):
        rows = [
            (_named(day, unit), f"{forecast:.0f}", f"{actual:.0f}")
            for day, forecast, actual in zip(
                tracking["days"], curve["mean"], tracking["actual"], strict=True
            )
        ]
        few = rows[:: -(-len(rows) // TRACKED)]
        said += ["Tracking: repeat purchases so far"]
        said += _aligned([("to", "forecast", "actual"), *few])
    return "\n".join(said)


def _named(day: str, unit: str) -> str:
    return day if unit == "day" else opportunities.name(date.fromisoformat(day), unit=unit)


def _aligned(rows: Rows) -> list[str]:
    wide = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join([first.ljust(wide[0]), *map(str.rjust, rest, wide[1:])]) for first, *rest in rows
    ]


def _group(group: dict[str, Any]) -> tuple[str, ...]:
    means = (f"{group['predicted']:.2f}", f"{group['actual']:.2f}")
    return (str(group["frequency"]), str(group["n"]), *means)


def _row(model: dict[str, Any]) -> tuple[str, ...]:
    bias = "–" if model["bias"] is None else f"{model['bias']:+.1f} %"
    return (
        model["name"],
        f"{model['log_score']:.4f}",
        f"{max(model['behind'], 0.0):.4f} ± {model['behind_error']:.4f}",
        f"{model['predicted']:.0f} ({model['low']:.0f}–{model['high']:.0f})",
        bias,
        f"{model['mae']:.4f}",
        f"{model['median_mae']:.4f}",
        f"{model['covered']:.0%}",
    )
