"""How a field of the database is written in a file: one kind for each kind of value.

The same value gives the same bytes whichever database it comes from.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import models

MOMENT = pa.timestamp("us", tz="UTC")
_UNITS = {
    "minor": "minor units of the company's currency",
    "minutes": "minutes",
    "days": "days",
    "ms": "milliseconds",
    "seconds": "seconds",
    "size": "bytes",
}


class Kind(StrEnum):
    WHOLE = "integer"
    NUMBER = "number"
    EXACT = "decimal"
    FLAG = "boolean"
    TEXT = "text"
    JSON = "json"
    MOMENT = "timestamp"
    DAY = "date"
    TIME = "time"
    UUID = "uuid"
    BYTES = "bytes"


# The first that fits counts: a field may be a kind of another.
_KINDS: tuple[tuple[Any, Kind], ...] = (
    (models.BooleanField, Kind.FLAG),
    (models.DecimalField, Kind.EXACT),
    (models.FloatField, Kind.NUMBER),
    (models.IntegerField, Kind.WHOLE),
    (models.DateTimeField, Kind.MOMENT),
    (models.DateField, Kind.DAY),
    (models.TimeField, Kind.TIME),
    (models.JSONField, Kind.JSON),
    (models.UUIDField, Kind.UUID),
    (models.BinaryField, Kind.BYTES),
    ((models.CharField, models.TextField), Kind.TEXT),
)
_TYPES = {
    Kind.WHOLE: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.MOMENT: MOMENT,
    Kind.DAY: pa.date32(),
    Kind.BYTES: pa.binary(),
}


@dataclass(frozen=True)
class Column:
    """A column of a file and the field it is."""

    field: Any

    @property
    def name(self) -> str:
        return str(self.field.attname)

    @property
    def kind(self) -> Kind:
        stored = self.field
        while stored.is_relation:
            stored = stored.target_field
        return next(kind for classes, kind in _KINDS if isinstance(stored, classes))

    @property
    def type(self) -> pa.DataType:
        if self.kind is Kind.EXACT:
            return pa.decimal128(self.field.max_digits, self.field.decimal_places)
        return _TYPES.get(self.kind, pa.string())

    @property
    def unit(self) -> str:
        if self.kind is Kind.MOMENT:
            return "UTC"
        return _UNITS.get(self.name.rsplit("_", maxsplit=1)[-1], "")

    def from_sqlite(self, values: tuple[Any, ...]) -> pa.Array:
        """Return the values of a column as SQLite keeps them."""
        match self.kind:
            case Kind.MOMENT:
                naive = pa.array(values, pa.string()).cast(pa.timestamp("us"))
                return pc.assume_timezone(naive, "UTC")
            case Kind.DAY:
                return pa.array(values, pa.string()).cast(pa.date32())
            case Kind.FLAG:
                return pa.array(values, pa.int8()).cast(pa.bool_())
            case Kind.EXACT:
                places = self.field.decimal_places
                exact = [None if v is None else Decimal(f"{v:.{places}f}") for v in values]
                return pa.array(exact, self.type)
            case Kind.JSON:
                return canonical(pa.array(values, pa.string()))
            case Kind.UUID:
                parts = r"\1-\2-\3-\4-\5"
                lengths = r"^(.{8})(.{4})(.{4})(.{4})(.{12})$"
                return pc.replace_substring_regex(pa.array(values, pa.string()), lengths, parts)
        return pa.array(values, self.type)

    def to_sqlite(self, values: pa.ChunkedArray) -> pa.ChunkedArray:
        """Return the values as SQLite keeps them, and Django writes them there."""
        match self.kind:
            case Kind.MOMENT:
                text = values.cast(pa.timestamp("us")).cast(pa.string())
                return pc.replace_substring_regex(text, r"\.000000$", "")
            case Kind.EXACT:
                return values.cast(pa.string())
            case Kind.UUID:
                return pc.replace_substring(values, "-", "")
        return values

    def from_postgresql(self, values: pa.Array) -> pa.Array:
        """Return the values of a column as PostgreSQL writes them in CSV."""
        return canonical(values) if self.kind is Kind.JSON else self.from_text(values)

    def from_text(self, values: pa.Array) -> pa.Array:
        """Return bytes that were written as digits."""
        if self.kind is not Kind.BYTES:
            return values
        every = (None if v is None else bytes.fromhex(v) for v in values.to_pylist())
        return pa.array(every, pa.binary())

    def to_text(self, values: pa.ChunkedArray) -> pa.ChunkedArray:
        """Return bytes as digits, for files that hold nothing but text."""
        if self.kind is not Kind.BYTES:
            return values
        every = (None if v is None else v.hex() for v in values.to_pylist())
        return pa.chunked_array([pa.array(every, pa.string())])

    @property
    def text_type(self) -> pa.DataType:
        """Return what stands in a file of nothing but text."""
        return pa.string() if self.kind is Kind.BYTES else self.type


def canonical(values: pa.Array) -> pa.Array:
    """Return JSON with its keys in order: PostgreSQL does not keep the order they came in."""
    found = values.dictionary_encode()
    texts = found.dictionary.to_pylist()
    ordered = pa.array([json.dumps(json.loads(t), sort_keys=True) for t in texts], pa.string())
    return pc.take(ordered, found.indices)


def columns(fields: list[Any]) -> list[Column]:
    return [Column(each) for each in fields]


def schema(several: list[Column]) -> pa.Schema:
    return pa.schema([(each.name, each.type) for each in several])
