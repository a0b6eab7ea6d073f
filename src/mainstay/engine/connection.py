"""What an engine is, and which one a URL means."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

Function = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


class UnknownSource(ValueError):
    """The URL names no engine that can be reached; the text says why and what to do."""


class Unanswered(RuntimeError):
    """The engine could not finish: damaged data, or more than its memory; the text says which."""


class Engine(Protocol):
    """An analytics database: a second one needs only these."""

    distant: bool  # the rows lie on other machines: reduce them before they travel

    def table(self, name: str) -> Any:
        """Return a table as an Ibis expression, e.g. `order_lines`."""

    def read_parquet(self, files: Sequence[Path]) -> Any:
        """Return Parquet files as one Ibis table; none at all raise UnknownSource."""

    def load(self, rows: pa.Table) -> Any:
        """Return Arrow rows as an Ibis table of this engine."""

    def run(self, expression: Any) -> pa.Table:
        """Return the result of an Ibis expression."""

    def keep(self, expression: Any) -> Any:
        """Compute an Ibis expression once and return it as a table of this engine."""

    def mapped(
        self, rows: Any, function: Function, *, schema: pa.Schema, order: Sequence[str] = ()
    ) -> Any:
        """Return as a table what a function makes of the rows (see `valuation.Engine.mapped`)."""

    def write_parquet(self, expression: Any, path: Path | str) -> None:
        """Write a result as Parquet, complete or not at all: a file, by a cluster a folder."""

    def close(self) -> None:
        """Let go of memory and temporary files."""


def connect(
    url: str, *, memory: str = "1GiB", threads: int = 0, folder: Path | None = None
) -> Engine:
    """Return the engine behind a URL.

    `duckdb://` in memory, `duckdb:///path/to/file.db` a database file, `parquet:/path` a Parquet
    file, a folder of Parquet files or of folders named after tables, or the mirror;
    `spark://host:7077` a cluster (see `spark.address`). On this machine, work goes to temporary
    files in `folder` beyond `memory`.
    """
    kind, separator, rest = url.partition(":")
    if not separator or kind not in ("duckdb", "parquet", "spark"):
        raise UnknownSource(
            f"“{url}” names no known source. Write duckdb://…, parquet:/path or spark://host:7077."
        )
    if kind == "spark":
        return _cluster(url)
    from mainstay.engine.embedded import Embedded, Means

    means = Means(memory, threads, folder)
    if kind == "duckdb":
        return Embedded(means, database=rest.removeprefix("//"))
    place = Path(rest.removeprefix("//"))
    if not place.exists():
        raise UnknownSource(f"There is nothing at {place}. Check the path of the Parquet files.")
    return Embedded(means, files=place)


def _cluster(url: str) -> Engine:
    from mainstay.engine.spark.address import Address
    from mainstay.engine.spark.cluster import Cluster

    return Cluster(Address.of(url))
