"""Turn raw rows into typed rows (`typed.parquet`) and a list of refused values
(`refused.parquet`)."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from mainstay.engine.staging.bench import Bench, literal, name_of
from mainstay.engine.staging.fields import Bound, Style, Type
from mainstay.engine.staging.problems import problem
from mainstay.engine.staging.values import choices_of, trimmed, typed


@dataclass(frozen=True, slots=True)
class Staged:
    """How many rows were read, and how many of them were refused."""

    rows: int
    refused: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides how raw rows are read; `width` is the number of cells a row must have, 0
    for Parquet."""

    bounds: list[Bound]
    styles: Mapping[str, Style]
    zone: str
    width: int
    headings: Mapping[str, str]


def stage(bench: Bench, plan: Plan, *, raw: str = "raw") -> Staged:
    """Write `typed` and `refused`, and show the good rows as the view `rows`."""
    _know_choices(bench, plan.bounds)
    bench.save("typed", typed_sql(plan, raw))
    bench.run(
        'CREATE OR REPLACE VIEW "rows" AS SELECT * EXCLUDE (problem) FROM typed WHERE problem '
        "IS NULL"
    )
    bench.save("refused", _refused_sql(plan, raw))
    read, refused = bench.one("SELECT count(*), count(problem) FROM typed")
    return Staged(rows=read, refused=refused)


def _know_choices(bench: Bench, bounds: list[Bound]) -> None:
    for bound in bounds:
        if bound.field.type is Type.CHOICE:
            words = bound.field.choices
            table = {"word": list(words), "code": list(words.values())}
            bench.take(choices_of(bound), pa.table(table))


def typed_sql(plan: Plan, raw: str) -> str:
    """Return the query of all rows, typed, each with the code of its first problem or NULL."""
    values = [f"t_{b.field.name} AS {name_of(b.field.name)}" for b in plan.bounds]
    problems = [problem(b, f"v_{b.field.name}", f"t_{b.field.name}") for b in plan.bounds]
    first = ", ".join([_row_problem(plan), *problems, "NULL"])
    return (
        f"SELECT line, {', '.join([*values, ''])} coalesce({first}) AS problem FROM "
        f"({_read_sql(plan, raw)})"
    )


def _row_problem(plan: Plan) -> str:
    return f"CASE WHEN cells <> {plan.width} THEN 'cells' END" if plan.width else "NULL"


def _read_sql(plan: Plan, raw: str) -> str:
    """Return the query of each cell beside what it was read as."""
    cells = "cells" if plan.width else "0 AS cells"
    values = "".join(f", {trimmed(b)} AS v_{b.field.name}" for b in plan.bounds)
    results = "".join(f", {_typed(b, plan)} AS t_{b.field.name}" for b in plan.bounds)
    joins = "".join(
        (
            f" LEFT JOIN {choices_of(b)} ON {choices_of(b)}.word = lower(CAST(v_{b.field.name} AS "
            "VARCHAR))"
        )
        for b in plan.bounds
        if b.field.type is Type.CHOICE
    )
    kept = "".join(f", v_{b.field.name}" for b in plan.bounds)
    return (
        f"SELECT line, cells{kept}{results} "
        f'FROM (SELECT line, {cells}{values} FROM "{raw}") AS _cells{joins}'
    )


def _typed(bound: Bound, plan: Plan) -> str:
    name = bound.field.name
    return typed(bound, plan.styles.get(name, Style()), f"v_{name}", plan.zone)


def _refused_sql(plan: Plan, raw: str) -> str:
    """Return the query of every refused value; only rows known to be bad are looked at again."""
    bad = f'SELECT * FROM "{raw}" WHERE line IN (SELECT line FROM typed WHERE problem IS NOT NULL)'
    source = f"({_read_sql(plan, '_bad')})"
    pieces = [_one_field(bound, plan) for bound in plan.bounds]
    if plan.width:
        pieces.append(
            "SELECT line, '' AS field, '' AS \"column\", CAST(cells AS VARCHAR) AS value, "
            f"'cells' AS problem FROM _read WHERE cells <> {plan.width}"
        )
    union = " UNION ALL ".join(pieces)
    return (
        f"WITH _bad AS MATERIALIZED ({bad}), _read AS MATERIALIZED {source} "
        f"SELECT * FROM ({union}) WHERE problem IS NOT NULL ORDER BY line, field"
    )


def _one_field(bound: Bound, plan: Plan) -> str:
    """Return the query of what is wrong with one field; in a torn row cells are not looked at."""
    name = bound.field.name
    heading = literal(plan.headings.get(name, bound.column))
    whole = f" WHERE cells = {plan.width}" if plan.width else ""
    return (
        f'SELECT line, {literal(name)} AS field, {heading} AS "column", '
        f"left(CAST(v_{name} AS VARCHAR), 500) AS value, "
        f"{problem(bound, f'v_{name}', f't_{name}')} AS problem FROM _read{whole}"
    )
