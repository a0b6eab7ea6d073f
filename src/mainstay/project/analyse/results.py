"""Write the results, each file complete or not at all, and say the main figures in a few lines."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mainstay.engine.atomic import appearing
from mainstay.project.analyse import report
from mainstay.project.analyse.wording import Money, count


def write(folder: Path, customers: pa.Table, summary: dict[str, Any]) -> None:
    """Write customers.parquet, summary.json and report.html."""
    page = report.page(summary, customers)
    with appearing(folder / "customers.parquet") as unfinished:
        pq.write_table(
            customers,
            unfinished,
            compression="snappy",  # a third of zstd's time; a third more to keep
            use_dictionary=[field.name for field in customers.schema if _repeats(field.type)],
        )
    with appearing(folder / "summary.json") as unfinished:
        text = json.dumps(summary, ensure_ascii=False, indent=1, default=str, allow_nan=False)
        unfinished.write_text(text, "utf-8")
    with appearing(folder / "report.html") as unfinished:
        unfinished.write_text(page, "utf-8")


def _repeats(kind: pa.DataType) -> bool:
    """Tell whether values of a column repeat: a dictionary of amounts costs time, saves none."""
    return any((pa.types.is_string(kind), pa.types.is_int8(kind), pa.types.is_date(kind)))


def told(summary: dict[str, Any], folder: Path) -> str:
    """Return what the command says at the end."""
    money = Money.of(summary)
    said = [f"{count(summary['source']['lines'])} lines, {count(summary['n'])} customers"]
    if summary["n"]:
        said[0] += f", {money(summary['revenue_minor'])} revenue"
        said[0] += f" from {summary['first_day']} to {summary['parameters']['as_of']}."
    else:
        said[0] += "."
    if (summary.get("expected") or {}).get("equity_minor"):
        worth = summary["expected"]["equity_minor"]
        said.append(
            f"Lifetime value of the base: {money(worth['mean'])}"
            f" ({money(worth['low'])} to {money(worth['high'])})."
        )
    said += [f"Not computed: {reason['why']}" for reason in summary.get("cannot", [])]
    said.append(f"Open {folder / 'report.html'}")
    return "\n".join(said) + "\n"
