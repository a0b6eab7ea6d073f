"""`mainstay value compare`: how each model forecast the holdout of the current run."""

from argparse import ArgumentParser
from typing import Any

from mainstay.value.queries import current_run

HELP = "print how each model of purchases did on the holdout of your own data"
HEADS = ("model", "log score", "behind", "total", "off by", "MAE", "median MAE", "held")


def add_arguments(parser: ArgumentParser) -> None:
    """Take no arguments: the command reads the current run."""


def run(options: dict[str, Any], out: Any) -> str:
    """Write the table; return a sentence where there is nothing to write."""
    current = current_run()
    if current is None:
        return "No value run is complete yet. Compute one: mainstay value run."
    found = current.summary.get("comparison")
    if not found:
        return "The current run compares no models; its back-test says why. Compute a new one."
    out.write(table(found))
    return ""


def table(found: dict[str, Any]) -> str:
    """Return the comparison as text."""
    who = f"{found['n']} of {found['customers']} customers"
    when = f"known to {found['split']}, then {found['days']} days"
    said = [f"{who}, {when}: {found['actual']:.0f} purchases"]
    rows = [HEADS, *map(_row, found["models"])]
    wide = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    for first, *rest in rows:
        cells = zip(rest, wide[1:], strict=True)
        said.append("  ".join([first.ljust(wide[0]), *(cell.rjust(w) for cell, w in cells)]))
    said.append(f"used: {found['used']}; not told apart from the best: {', '.join(found['tied'])}")
    said += [f"{one['name']}: {one['why']}" for one in found["cannot"]]
    return "\n".join(said)


def _row(model: dict[str, Any]) -> tuple[str, ...]:
    bias = "–" if model["bias"] is None else f"{model['bias']:+.1f} %"
    return (
        model["name"],
        f"{model['log_score']:.4f}",
        f"{model['behind']:.4f} ± {model['behind_error']:.4f}",
        f"{model['predicted']:.0f} ({model['low']:.0f}–{model['high']:.0f})",
        bias,
        f"{model['mae']:.4f}",
        f"{model['median_mae']:.4f}",
        f"{model['covered']:.0%}",
    )
