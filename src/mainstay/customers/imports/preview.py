"""The first rows of a file as the import understands them."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from mainstay.customers.imports import reading
from mainstay.customers.imports.kinds import Kind
from mainstay.engine.files import Format, Layout
from mainstay.engine.staging.bench import Bench
from mainstay.engine.staging.fields import Style


@dataclass(frozen=True)
class Preview:
    """Typed values of the first rows by line; the codes of what is wrong by (line, field)."""

    fields: list[str]
    rows: list[dict[str, Any]]
    problems: dict[tuple[int, str], str]
    styles: dict[str, Style]


def understand(
    kind: Kind,
    layout: Layout,
    sample: list[list[str]],
    mapping: Mapping[str, str],
    *,
    chosen: Mapping[str, Any],
) -> Preview:
    """Read the sample as the import would read the file; nothing is kept."""
    if not mapping or not sample:
        return Preview([], [], {}, {})
    mapping = {name: mapping[name] for name in kind.fields if name in mapping}
    with tempfile.TemporaryDirectory() as place, Bench(Path(place), memory="200MB") as bench:
        _lay_out(bench, layout, sample, mapping)
        plain = Layout(Format.TEXT, delimiter=layout.delimiter, columns=layout.columns)
        read = reading.validate(bench, kind, plain, mapping, zone="UTC", chosen=chosen)
        rows = bench.arrow("SELECT * FROM typed ORDER BY line").to_pylist()
        wrong = bench.rows("SELECT line, field, problem FROM refused")
    problems = {(line, field): code for line, field, code in wrong}
    return Preview(list(mapping), rows, problems, read.styles)


def _lay_out(
    bench: Bench, layout: Layout, sample: list[list[str]], mapping: Mapping[str, str]
) -> None:
    width = len(layout.columns)
    columns: dict[str, Any] = {
        "line": pa.array(range(1, len(sample) + 1), pa.int64()),
        "cells": pa.array([len(cells) for cells in sample], pa.int32()),
    }
    for number in reading.positions(layout, mapping):
        cells = [row[number] if number < len(row) else None for row in sample]
        columns[f"c{number}"] = pa.array(cells, pa.string())
    if layout.format is not Format.TEXT:  # rows of workbooks and Parquet are never torn
        columns["cells"] = pa.array([width] * len(sample), pa.int32())
    bench.take("_sample", pa.table(columns))
    bench.save("raw", "SELECT * FROM _sample")
