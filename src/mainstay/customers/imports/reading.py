"""From a file and its mapping to typed rows: the limited child reads, the bench validates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mainstay.customers.imports.kinds import Kind
from mainstay.engine import files
from mainstay.engine.files import Format, Layout
from mainstay.engine.staging import raw, stage, styles
from mainstay.engine.staging.bench import Bench
from mainstay.engine.staging.fields import Bound, Field, Style


@dataclass(frozen=True)
class Reading:
    """How the rows were read, and how many."""

    staged: stage.Staged
    styles: dict[str, Style]


def bind(bench: Bench, kind: Kind, layout: Layout, mapping: Mapping[str, str]) -> list[Bound]:
    """Join each mapped field with its raw column."""
    types = bench.columns("raw")
    required = kind.required(frozenset(mapping))
    bounds = []
    for name, heading in mapping.items():
        column = f"c{layout.columns.index(heading)}"
        field: Field = kind.fields[name]
        if name in required:
            field = replace(field, required=True)
        bounds.append(Bound(field, column, types[column], layout.format is Format.TEXT))
    return bounds


def positions(layout: Layout, mapping: Mapping[str, str]) -> list[int]:
    """Return which columns of the file are wanted, in the file's order."""
    return sorted({layout.columns.index(heading) for heading in mapping.values()})


def fetch(
    path: Path,
    layout: Layout,
    mapping: Mapping[str, str],
    target: Path,
    seen: Callable[[int], None],
) -> int:
    """Bring the wanted columns to Parquet as they stand in the file; return the number of rows."""
    batches = files.stream(path, layout)
    return raw.keep(batches, target, columns=positions(layout, mapping), seen=seen)


def validate(
    bench: Bench,
    kind: Kind,
    layout: Layout,
    mapping: Mapping[str, str],
    *,
    zone: str,
    chosen: Mapping[str, Any],
) -> Reading:
    """Decide how each column is written, and stage typed and refused rows."""
    bench.show("raw")
    bounds = bind(bench, kind, layout, mapping)
    known = {name: Style.from_json(style) for name, style in chosen.items() if name in mapping}
    decided = styles.decide(bench, bounds, table="raw", delimiter=layout.delimiter, chosen=known)
    width = 0 if layout.format is Format.PARQUET else len(layout.columns)
    plan = stage.Plan(bounds, decided, zone, width, mapping)
    return Reading(stage.stage(bench, plan), decided)
