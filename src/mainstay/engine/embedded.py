"""DuckDB inside this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import pyarrow as pa

from mainstay.engine.atomic import appearing
from mainstay.engine.connection import Function, Unanswered, UnknownSource
from mainstay.engine.expressions import sql
from mainstay.engine.lake import parquet_of

if TYPE_CHECKING:
    import ibis  # takes a second to import, and pages that only read the mirror do without


BATCH = 250_000  # rows: a few columns of them stay in the processor's cache


class Means(NamedTuple):
    """What an engine may use; 0 threads are as many as there are cores."""

    memory: str
    threads: int
    folder: Path | None

    def as_options(self) -> dict[str, Any]:
        """Return DuckDB's settings."""
        options: dict[str, Any] = {"memory_limit": self.memory, "preserve_insertion_order": False}
        if self.threads:
            options["threads"] = self.threads
        if self.folder:
            options["temp_directory"] = str(self.folder)
        return options


class Embedded:
    """An Engine on DuckDB; tables come from a database file or from Parquet files.

    Threads may share it: they ask in turn, since a session forgets an answer that is not read yet
    when it is asked again; DuckDB answers each with all processors.
    """

    distant = False

    def __init__(self, means: Means, *, database: str = "", files: Path | None = None) -> None:
        """Open it; what does not fit into its memory goes to temporary files."""
        options = means.as_options()
        if database and not Path(database).exists():
            raise UnknownSource(f"There is no database file {database}. Check the path.")
        try:
            self.raw = duckdb.connect(
                database or ":memory:", read_only=bool(database), config=options
            )
            self.raw.execute("SET TimeZone = 'UTC'")
            self.raw.execute(
                "SET python_enable_replacements = false"
            )  # our variables are no tables
        except duckdb.Error as error:
            raise UnknownSource(
                f"{database} is not a DuckDB database, or another program holds it."
            ) from error
        self.views = 0
        self.turn = RLock()
        self.loaded: dict[str, pa.Table] = {}
        self.files = files

    def table(self, name: str) -> ibis.Table:
        """Return a table by name."""
        if self.files is not None:
            files = parquet_of(self.files, name)
            return self.read_parquet(files) if files else self._nothing_yet(name)
        try:
            return self._bound(name)
        except duckdb.CatalogException as error:
            raise UnknownSource(f"The database has no table “{name}”.") from error

    def _nothing_yet(self, name: str) -> ibis.Table:
        """Return the table of a mirror into which nothing was written yet."""
        from mainstay.engine.mirror_parts import LINES

        if name != "order_lines":
            raise UnknownSource(f"The mirror has no table “{name}”.")
        return self.load(LINES.empty_table())

    def read_parquet(self, files: Sequence[Path]) -> ibis.Table:
        """Return Parquet files as one table."""
        if not files:
            raise UnknownSource("There are no Parquet files to read.")
        names = ", ".join(quoted(path) for path in files)
        try:
            return self.view(f"SELECT * FROM read_parquet([{names}], union_by_name = true)")  # noqa: S608
        except duckdb.Error as error:
            raise UnknownSource(
                f"{files[0].name} is damaged or not a Parquet file. Write it again."
            ) from error

    def view(self, query: str) -> ibis.Table:
        """Return a query as a table."""
        return self._bound(self._made("VIEW", query))

    def load(self, rows: pa.Table) -> ibis.Table:
        """Return Arrow rows as a table of this engine, without copying them."""
        with self.turn:
            self.views += 1
            name = f"_mainstay_{self.views}"
            self.raw.register(name, rows)
            self.loaded[name] = rows
            return self._bound(name)

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute once; the result is a temporary table."""
        with self.turn, answering():
            return self._bound(self._made("TABLE", self._in_long(sql(expression))))

    def mapped(
        self,
        rows: ibis.Table,
        function: Function,
        *,
        schema: pa.Schema,
        order: Sequence[str] = (),
    ) -> ibis.Table:
        """Return what a function makes of the rows, which it gets and yields in batches."""
        ordered = rows.order_by(*order) if order else rows
        with self.turn, answering():
            batches = self.raw.sql(sql(ordered)).to_arrow_reader(BATCH)
            promised = ordered.schema().to_pyarrow()
            found = list(function(batch.cast(promised) for batch in batches))
        return self.load(pa.Table.from_batches(found, schema))

    def _in_long(self, query: str) -> str:
        """Return the query with sums of whole numbers as such: DuckDB sums into 128 bits."""
        found = self.raw.sql(query)
        columns = ", ".join(
            f'CAST("{name}" AS BIGINT) AS "{name}"' if str(kind) == "HUGEINT" else f'"{name}"'
            for name, kind in zip(found.columns, found.types, strict=True)
        )
        return f"SELECT {columns} FROM ({query})"  # noqa: S608

    def _made(self, kind: str, query: str) -> str:
        self.views += 1
        name = f"_mainstay_{self.views}"
        self.raw.execute(f"CREATE TEMP {kind} {name} AS {query}")
        return name

    def _bound(self, name: str) -> ibis.Table:
        """Describe a table to Ibis: it needs the names and types only, no connection of its own."""
        import ibis

        empty = self.raw.sql(f'SELECT * FROM "{name}" LIMIT 0').to_arrow_table()  # noqa: S608
        return ibis.table(ibis.Schema.from_pyarrow(empty.schema), name=name)

    def run(self, expression: ibis.Expr) -> pa.Table:
        """Return the result as an Arrow table."""
        if (rows := self.loaded.get(getattr(expression.op(), "name", ""))) is not None:
            return rows
        promised = expression.as_table().schema().to_pyarrow()
        with self.turn, answering():
            found = self.raw.sql(sql(expression)).to_arrow_table()
        return found if found.schema.equals(promised) else found.cast(promised)

    def write_parquet(self, expression: ibis.Table, path: Path | str) -> None:
        """Write under another name and rename."""
        with appearing(Path(path)) as unfinished, self.turn:
            self.copy(sql(expression), unfinished)

    def copy(self, query: str, path: Path) -> None:
        """Write the rows of a query to a Parquet file."""
        self.raw.execute(f"COPY ({query}) TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)")

    def close(self) -> None:
        """Close the database."""
        self.raw.close()


@contextmanager
def answering() -> Iterator[None]:
    """Turn what DuckDB cannot do with the data into a sentence."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise Unanswered(
            "The data need more memory or temporary space than there is. Free some, or split it."
        ) from error
    except duckdb.Error as error:
        told = str(error).partition("\n")[0].rstrip(".")
        raise Unanswered(f"The data cannot be worked on ({told}). Write the file again.") from error


def quoted(value: Path | str) -> str:
    """Return a text as an SQL literal."""
    return "'" + str(value).replace("'", "''") + "'"
