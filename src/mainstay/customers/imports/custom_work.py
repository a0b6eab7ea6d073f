"""The company's own fields in an import of customers: cells as stored, and what is refused.

All rows at once, on the bench; only web addresses, e-mails and lists of answers are read by the
rules of the site, each different value once.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any

import pyarrow as pa
from django.core.exceptions import ValidationError

from mainstay.customers.actions import bulk
from mainstay.customers.custom_fields import actions as custom
from mainstay.customers.custom_fields import queries
from mainstay.customers.custom_fields.models import Definition
from mainstay.customers.custom_fields.reading import Reader
from mainstay.customers.custom_fields.rules import LISTED, NUMBERS, Subject, Type
from mainstay.customers.imports import custom_columns
from mainstay.customers.imports.custom_columns import limits, name_of
from mainstay.customers.imports.kinds import Context
from mainstay.engine.staging.bench import Bench, literal
from mainstay.people import queries as people

# How far a scaled number may lie from a whole one: what floating point makes of decimals.
ROUNDING = "greatest(1e-6, abs({scaled}) * 1e-15)"
BY_WORDS = (Type.YES_NO, Type.CHOICE, Type.USER)
BY_RULES = {Type.URL: "url", Type.EMAIL: "email", Type.CHOICES: "choice"}


def shape(bench: Bench, fields: Sequence[Definition], context: Context) -> None:
    """Make `custom`, the values of each line as they are stored, and `custom_refused`."""
    for field in fields:
        _know(bench, field)
    values = "".join(f", {_stored(field, context.zone)} AS {name_of(field)}" for field in fields)
    joins = "".join(_join(field) for field in fields if field.type in (*BY_WORDS, *BY_RULES))
    bench.view("custom", f"SELECT input.line{values} FROM input{joins}")
    pieces = ["SELECT 0 AS line, '' AS field, '' AS \"column\", '' AS value, '' AS problem LIMIT 0"]
    for field in fields:
        pieces += _refused(field)
        if field.unique:
            pieces.append(_alike(bench, field, context.source_id))
    bench.view("custom_refused", " UNION ALL ".join(f"({piece})" for piece in pieces))


def _known(field: Definition) -> str:
    """Name the table of what cells of a field say and how it is stored."""
    return f"_known_{field.key}"


def _join(field: Definition) -> str:
    name, known = name_of(field), _known(field)
    return f" LEFT JOIN {known} ON {known}.said = input.{name}"


def _know(bench: Bench, field: Definition) -> None:
    if field.type in BY_WORDS:
        pairs: dict[str, Any] = dict(custom_columns.words(field).values())
        kind = pa.int64()
    elif field.type in BY_RULES:
        pairs = _read_by_rules(bench, field)
        kind = pa.list_(pa.int64()) if field.type in LISTED else pa.string()
    else:
        return
    stored = pa.array(list(pairs.values()), kind)
    bench.take(
        _known(field), pa.table({"said": pa.array(list(pairs), pa.string()), "stored": stored})
    )


def _read_by_rules(bench: Bench, field: Definition) -> dict[str, Any]:
    """Return what the different cells mean that can be understood."""
    reader, found = Reader([field]), {}
    for said in _different(bench, name_of(field)):
        try:
            found[said] = reader.one(field.key, _typed(field, said))
        except ValidationError:
            continue
    return found


def _different(bench: Bench, name: str) -> Iterable[str]:
    sql = f"SELECT DISTINCT {name} AS v FROM input WHERE {name} IS NOT NULL"
    return list(bench.arrow(sql)["v"].to_pylist())


def _typed(field: Definition, said: str) -> Any:
    """Return the answers of a cell, between commas or semicolons; an answer may hold a comma."""
    if field.type != Type.CHOICES:
        return said
    known = {each.label.casefold() for each in queries.answers(field)}
    parts = [part.strip() for part in re.split(r"[;\n|]", said)]
    if not all(part.casefold() in known for part in parts):
        parts = [part.strip() for part in re.split(r"[;,\n|]", said)]
    return [part for part in parts if part]


def _stored(field: Definition, zone: str) -> str:
    """Return a cell as the database keeps it."""
    name = f"input.{name_of(field)}"
    match Type(field.type):
        case kind if kind in NUMBERS:
            return f"CAST(round({_scaled(field)}) AS BIGINT)"
        case Type.DAY:
            return f"CAST(timezone({literal(zone)}, timezone('UTC', {name})) AS DATE)"
        case kind if kind in (*BY_WORDS, *BY_RULES):
            return f"{_known(field)}.stored"
        case _:
            return name


def _scaled(field: Definition) -> str:
    return f"(input.{name_of(field)} * {10**field.places})"


def _refused(field: Definition) -> list[str]:
    """Return queries of the cells that do not fit, beyond what staging has refused."""
    name, kind = name_of(field), Type(field.type)
    if kind in BY_RULES:
        unknown = f"{name} IS NOT NULL AND {name} NOT IN (SELECT said FROM {_known(field)})"
        return [_rows(name, BY_RULES[kind], "input", unknown)]
    if kind in NUMBERS and field.places:
        scaled = _scaled(field)
        over = f"abs({scaled} - round({scaled})) > {ROUNDING.format(scaled=scaled)}"
        return [_rows(name, "places", "input", over)]
    if kind == Type.DAY:
        low, high = limits(field)
        ends = [f"{name} < DATE '{low}'"] if low else []
        ends += [f"{name} > DATE '{high}'"] if high else []
        return [_rows(name, "range", "custom", end) for end in ends]
    return []


def _rows(name: str, problem: str, source: str, condition: str) -> str:
    return (
        f"SELECT line, {literal(name)}, '', left(CAST({name} AS VARCHAR), 500), "
        f"{literal(problem)} FROM {source} WHERE {condition}"
    )


def _alike(bench: Bench, field: Definition, source_id: int) -> str:
    """Return the query of values that an earlier line or another customer has already."""
    name = name_of(field)
    lines = bench.rows(
        f"SELECT line, number, CAST(custom.{name} AS VARCHAR) FROM custom JOIN input USING (line) "
        f"WHERE custom.{name} IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY number ORDER BY line DESC) = 1 ORDER BY line"
    )
    texts = {line: custom.unique_text(said) for line, _number, said in lines}
    holders = custom.holders(field, set(texts.values()))
    held = [number for line, number, _said in lines if texts[line] in holders]
    known = bulk.reference_ids(source_id=source_id, references=held)
    mine = dict(zip(known["reference"].to_pylist(), known["id"].to_pylist(), strict=True))
    met: set[str] = set()
    bad = []
    for line, number, _said in lines:
        text = texts[line]
        if text in met or holders.get(text, mine.get(number)) != mine.get(number):
            bad.append(line)
        met.add(text)
    bench.take(f"_alike_{field.key}", pa.table({"line": pa.array(bad, pa.int64())}))
    return _rows(name, "alike", "custom", f"line IN (SELECT line FROM _alike_{field.key})")


# -- write


class CustomValues:
    """What the rows of a step say of custom fields, beside what stands there."""

    def __init__(self, fields: Sequence[Definition]) -> None:
        self.fields = {field.key: field for field in fields}
        kinds = {Type(field.type) for field in fields}
        self._colleagues = {u.pk: u for u in people.owners()} if Type.USER in kinds else {}

    def read(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the row says, by key; an empty cell says nothing."""
        said = {key: row[name_of(field)] for key, field in self.fields.items()}
        return {
            key: self._held(self.fields[key], value)
            for key, value in said.items()
            if value is not None
        }

    def _held(self, field: Definition, value: Any) -> Any:
        match Type(field.type):
            case Type.MOMENT:
                return value.replace(tzinfo=UTC)
            case Type.CHOICES:
                return tuple(value)
            case Type.USER:
                return self._colleagues[value]
            case _:
                return value

    def different(self, values: Mapping[int, Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
        """Return of known customers what differs from what stands there."""
        return custom.different(Subject.CUSTOMER, values, self.fields)

    def write(self, values: Mapping[int, Mapping[str, Any]]) -> None:
        custom.replace(Subject.CUSTOMER, values, self.fields)
