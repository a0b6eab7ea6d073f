"""A DuckDB session for set-based work on staged rows: bounded memory, spilling into its own
folder, no network."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

MEMORY = "640MB"
# Files that are read once or twice: to look for a dictionary of many values takes half the time.
PARQUET = "FORMAT parquet, ROW_GROUP_SIZE 122880, DICTIONARY_SIZE_LIMIT 1000"


class Bench:
    """A place to join and shape tables; closed at the end, nothing of it stays but the Parquet
    files it wrote."""

    def __init__(self, folder: Path, *, memory: str = MEMORY, threads: int = 2) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.connection = duckdb.connect(
            config={
                "memory_limit": memory,
                "threads": threads,
                "temp_directory": str(folder / "spill"),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        self.run("SET TimeZone = 'UTC'")

    def __enter__(self) -> "Bench":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Execute a statement that answers nothing."""
        self.connection.execute(sql, list(parameters)).fetchall()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a small result."""
        return self.connection.execute(sql, list(parameters)).fetchall()

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
        """Return the only row."""
        (row,) = self.rows(sql, parameters)
        return row

    def number(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Return the only value as a whole number; no value is 0."""
        return int(self.one(sql, parameters)[0] or 0)

    def arrow(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """Return a result as an Arrow table."""
        return self.connection.sql(sql, params=list(parameters) or None).to_arrow_table()

    def batches(self, sql: str, size: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Yield a large result in pieces; nothing else may run on the bench meanwhile."""
        yield from self.connection.sql(sql).to_arrow_reader(size)

    def take(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table a table of the bench, in place of one of that name."""
        self.connection.register("_taken", table)
        self.run(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM _taken')
        self.connection.unregister("_taken")

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    def save(self, name: str, sql: str) -> None:
        """Write a result to `name`.parquet whole or not at all, and show it as a view of that
        name."""
        unfinished = self.folder / f"{name}.unfinished"
        self.run(f"COPY ({sql}) TO '{quoted(unfinished)}' ({PARQUET})")
        unfinished.replace(self.path(name))
        self.show(name)

    def view(self, name: str, sql: str) -> None:
        """Give a query a name; each look at it computes what it needs of it anew."""
        self.run(f'CREATE OR REPLACE VIEW "{name}" AS {sql}')

    def show(self, name: str) -> None:
        """Make `name`.parquet a view of that name."""
        file = quoted(self.path(name))
        self.run(f"CREATE OR REPLACE VIEW \"{name}\" AS SELECT * FROM read_parquet('{file}')")

    def columns(self, name: str) -> dict[str, str]:
        """Return the columns of a table or view with their types."""
        return {row[0]: row[1] for row in self.rows(f'DESCRIBE "{name}"')}


def quoted(path: Path) -> str:
    """Return a path fit to stand between single quotes."""
    return str(path).replace("'", "''")


def literal(text: str) -> str:
    """Return text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def name_of(column: str) -> str:
    """Return a column name as an SQL identifier."""
    return '"' + column.replace('"', '""') + '"'
