"""A file of orders as the canonical order lines, in an engine.

Parquet is read where it lies. Text in UTF-8 goes straight into DuckDB; every other text, workbooks,
and text that DuckDB stumbles over come through the limited child process.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from mainstay.engine import files
from mainstay.engine.embedded import Embedded, answering, quoted
from mainstay.engine.files import detect, parquet
from mainstay.engine.staging import raw as staged
from mainstay.engine.staging.bench import Bench, name_of
from mainstay.engine.staging.fields import Bound, Field, Style, Type
from mainstay.engine.staging.styles import decide
from mainstay.engine.staging.values import trimmed, typed, wall_clock

TYPES = {
    "customer": Type.KEY,
    "order": Type.KEY,
    "product": Type.KEY,
    "kind": Type.KEY,
    "moment": Type.MOMENT,
}
POSTAGE = ("POST", "POSTAGE", "DOT", "C2", "CARRIAGE", "SHIPPING", "FREIGHT", "DELIVERY")
MANUAL = ("M", "MANUAL", "B", "S", "SAMPLES", "CRUK", "AMAZONFEE", "BANK CHARGES", "ADJUST", "FEE")
DISCOUNT = ("D", "DISCOUNT")
HELD = 12_000_000  # lines; so many of numbers fit beside the work: read once, while all is imported
WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UINTEGER", "USMALLINT", "UTINYINT")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The order lines as a table of the engine, and what a reader should know of them."""

    lines: Any
    rows: int
    last_day: Any
    cancellations: int
    unread: Mapping[str, int]  # role -> cells that are neither empty nor readable
    styles: Mapping[str, Style]


def look(path: Path) -> files.Inspection:
    """Return the layout of a file and its first rows; of Parquet the columns only, at once."""
    if path.is_file():
        with path.open("rb") as file:
            if detect.format_of(file.read(16)) is files.Format.PARQUET:
                return files.Inspection(parquet.columns(path, files.Limits()))
    return files.inspect(path)


class _Session(Bench):
    """The staging's bench on the session of the engine, so that nothing is moved."""

    def __init__(self, engine: Embedded, folder: Path) -> None:
        self.folder, self.connection = folder, engine.raw


class OrderFile:
    """One file being read into one engine; the folder holds what has to be written on the way."""

    def __init__(self, engine: Embedded, path: Path, layout: files.Layout, folder: Path) -> None:
        """Show the rows as the view `raw`."""
        self.engine, self.path, self.layout, self.folder = engine, path, layout, folder
        self.bench = _Session(engine, folder)
        with answering():
            self.native = self._opened()

    def _opened(self) -> dict[str, str]:
        """Make the view and return its columns with their types."""
        if self.layout.format is files.Format.PARQUET:
            return self._view(self._parquet())
        if (
            self.layout.encoding in ("utf-8", "utf-8-sig")
            and self.layout.delimiter != detect.BLANKS
        ):
            try:
                return self._view(self._csv())
            except duckdb.Error:
                pass  # not as clean as it looked: the child reads what DuckDB refuses
        return self._through_the_child()

    def _view(self, query: str) -> dict[str, str]:
        self.engine.raw.execute(f"CREATE OR REPLACE TEMP VIEW raw AS {query}")
        return self.bench.columns("raw")

    def _parquet(self) -> str:
        columns = ", ".join(
            f"{name_of(column)} AS c{place}" for place, column in enumerate(self.layout.columns)
        )
        return (
            f"SELECT file_row_number + 1 AS line, {columns}"  # noqa: S608
            f" FROM read_parquet({quoted(self.path)}, file_row_number = true)"
        )

    def _csv(self) -> str:
        """Return the query of a clean text; reading it through once shows that it is one."""
        names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(self.layout.columns)))
        read = (
            f"read_csv({quoted(self.path)}, delim = {quoted(self.layout.delimiter)}, quote = '\"',"
            f" escape = '\"', header = {self.layout.header}, columns = {{{names}}},"
            " auto_detect = false, null_padding = false, strict_mode = true)"
        )
        kept = self.folder / "raw.parquet"
        self.engine.raw.execute(
            f"COPY (SELECT row_number() OVER () AS line, * FROM {read})"  # noqa: S608
            f" TO {quoted(kept)} (FORMAT parquet, COMPRESSION snappy)"
        )
        return f"SELECT * FROM read_parquet({quoted(kept)})"  # noqa: S608

    def _through_the_child(self) -> dict[str, str]:
        kept = self.folder / "raw.parquet"
        wanted = range(len(self.layout.columns))
        if not staged.keep(files.stream(self.path, self.layout), kept, columns=wanted):
            blank = ", ".join(f"NULL::VARCHAR AS c{place}" for place in wanted)
            return self._view(f"SELECT 0 AS line, {blank} WHERE false")
        return self._view(f"SELECT * FROM read_parquet({quoted(kept)})")  # noqa: S608

    def lines(self, columns: Mapping[str, str], *, minor: int, zone: str) -> Loaded:
        """Return the order lines, given which column plays which part (see `analyse.roles`)."""
        with answering():
            return self._lines(columns, minor=minor, zone=zone)

    def _lines(self, columns: Mapping[str, str], *, minor: int, zone: str) -> Loaded:
        bounds = [self._bound(role, column) for role, column in columns.items()]
        chosen: dict[str, Style] = {}
        styles = decide(
            self.bench, bounds, table="raw", delimiter=self.layout.delimiter, chosen=chosen
        )
        cells = {bound.field.name: trimmed(bound) for bound in bounds}
        values = {
            b.field.name: self._value(b, styles.get(b.field.name, Style()), cells, zone)
            for b in bounds
        }
        query = f"SELECT {', '.join(_canonical(values, minor=minor))} FROM raw"  # noqa: S608
        rows = self.bench.one("SELECT count(*) FROM raw")[0]
        direct = self.layout.format is files.Format.PARQUET and not any(b.is_text for b in bounds)
        made = "TEMP VIEW" if direct and rows > HELD else "TEMP TABLE"
        self.engine.raw.execute(f"CREATE OR REPLACE {made} order_lines AS {query}")
        return self._described(bounds, cells, values, styles)

    def _bound(self, role: str, column: str) -> Bound:
        name = f"c{self.layout.columns.index(column)}"
        asked = Field(role, TYPES.get(role, Type.NUMBER))
        return Bound(asked, name, self.native[name])

    def _value(self, bound: Bound, style: Style, cells: Mapping[str, str], zone: str) -> str:
        """Return the value in its type; whole numbers, the fast case, stay what they are."""
        role = bound.field.name
        if bound.native in WHOLE and (bound.field.type is Type.KEY or role.endswith("_minor")):
            return name_of(bound.column)
        if role == "moment":
            return wall_clock(bound, style, cells[role], zone)
        return typed(bound, style, cells[bound.field.name], zone)

    def _described(
        self,
        bounds: list[Bound],
        cells: Mapping[str, str],
        values: Mapping[str, str],
        styles: Mapping[str, Style],
    ) -> Loaded:
        """Count what has to be said: rows, last day, cancellations, cells that make no sense."""
        texts = [b.field.name for b in bounds if b.is_text and b.field.type is not Type.KEY]
        counts = [f"count({cells[role]}) - count({values[role]})" for role in texts]
        cancelled = "0"
        if "order" in values and not values["order"].startswith('"'):
            cancelled = f"count(*) FILTER (regexp_matches({values['order']}, '^[Cc]\\d'))"
        row = self.bench.one(
            f"SELECT count(*), {', '.join([cancelled, *counts])} FROM raw"  # noqa: S608
        )
        (last_day,) = self.bench.one("SELECT max(day) FROM order_lines")
        return Loaded(
            lines=self.engine.table("order_lines"),
            rows=row[0],
            last_day=last_day,
            cancellations=row[1],
            unread={role: n for role, n in zip(texts, row[2:], strict=True) if n},
            styles=styles,
        )


def _canonical(values: Mapping[str, str], *, minor: int) -> list[str]:
    """Return the canonical columns that the file can fill; `minor` is the currency's decimals."""
    unit = 10**minor
    quantity = values.get("quantity", "1")
    paid = values.get("amount_minor")
    if paid is None:
        amount = values.get("amount") or f"({values.get('price')}) * ({quantity})"
        paid = f"round(({amount}) * {unit})"
    columns = {
        "customer_id": values["customer"],
        "day": f"CAST({values['moment']} AS DATE)",
        "amount_minor": f"TRY_CAST({paid} AS BIGINT)",
        "order_id": values.get("order"),
        "cost_minor": _cost(values, unit, quantity),
        "quantity": f"TRY_CAST({quantity} AS DOUBLE)" if "quantity" in values else None,
        "kind": _kind(values),
    }
    return [f"{value} AS {name}" for name, value in columns.items() if value]


def _cost(values: Mapping[str, str], unit: int, quantity: str) -> str | None:
    cost = values.get("cost_minor")
    if "cost" in values:
        cost = f"round(({values['cost']}) * {unit})"
    elif "unit_cost" in values:
        cost = f"round(({values['unit_cost']}) * ({quantity}) * {unit})"
    return f"TRY_CAST({cost} AS BIGINT)" if cost else None


def _kind(values: Mapping[str, str]) -> str | None:
    """Tell postage, fees and discounts from goods by their product codes."""
    if "kind" in values:
        return f"lower(CAST({values['kind']} AS VARCHAR))"
    if "product" not in values or values["product"].startswith('"'):
        return None
    code = f"upper({values['product']})"
    cases = " ".join(
        f"WHEN {code} IN ({', '.join(map(quoted, codes))}) THEN '{kind}'"
        for kind, codes in (("postage", POSTAGE), ("manual", MANUAL), ("discount", DISCOUNT))
    )
    return f"CASE {cases} END"
