"""Write the results, each file complete or not at all, and say the main figures in a few lines."""

import json
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mainstay.engine.atomic import appearing
from mainstay.project.analyse import report
from mainstay.project.analyse.wording import Money, count


class Results:
    """The files of one analysis: customers are written while the summary is still made."""

    def __init__(self, folder: Path, ending: ExitStack) -> None:
        """Write into the folder, which appears with the first file; the stack ends the writing."""
        self.folder, self.ending = folder, ending
        self.writing: Future[None] | None = None

    def customers(self, rows: pa.Table) -> None:
        """Begin to write customers.parquet, and return at once."""
        unfinished = self.ending.enter_context(appearing(self.folder / "customers.parquet"))
        beside = self.ending.enter_context(ThreadPoolExecutor(1))
        self.writing = beside.submit(_write_customers, rows, unfinished)

    def rest(self, customers: pa.Table, summary: dict[str, Any]) -> None:
        """Write summary.json and report.html, and wait for the customers."""
        page = report.page(summary, customers)
        with appearing(self.folder / "summary.json") as unfinished:
            text = json.dumps(summary, ensure_ascii=False, indent=1, default=str, allow_nan=False)
            unfinished.write_text(text, "utf-8")
        with appearing(self.folder / "report.html") as unfinished:
            unfinished.write_text(page, "utf-8")
        if self.writing:
            self.writing.result()


def _write_customers(rows: pa.Table, path: Path) -> None:
    pq.write_table(
        rows,
        path,
        compression="snappy",  # a third of zstd's time; a third more to keep
        use_dictionary=[field.name for field in rows.schema if _repeats(field.type)],
    )


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
