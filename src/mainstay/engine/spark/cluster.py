"""A Spark cluster as an engine: rows and functions stay on its machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from mainstay.engine.connection import Function, UnknownSource
from mainstay.engine.lake import files_of
from mainstay.engine.spark import session
from mainstay.engine.spark.answers import Answers
from mainstay.engine.spark.words import sql

if TYPE_CHECKING:
    import ibis
    from pyspark.sql import DataFrame

    from mainstay.engine.spark.address import Address


class Cluster:
    """An Engine on Spark; tables come from its catalogue or from Parquet that its workers see."""

    distant = True

    def __init__(self, address: Address) -> None:
        """Start the session, or share the one that there is."""
        self.address = address
        self.spark = session.opened(address)
        self.answers = Answers(self.spark, address)
        self.made: dict[str, DataFrame] = {}
        self.numbers = count()

    def table(self, name: str) -> ibis.Table:
        """Return a table by name."""
        if self.address.lines:
            return self._parquet(files_of(self.address.lines, name))
        full = f"{self.address.schema}.{name}" if self.address.schema else name
        with self.answers.sought(f"The cluster has no table “{full}”."):
            return self._bound(self.spark.table(full))

    def read_parquet(self, files: Sequence[Path]) -> ibis.Table:
        """Return Parquet files, which every worker must see, as one table."""
        return self._parquet([str(path) for path in files])

    def _parquet(self, paths: Sequence[str]) -> ibis.Table:
        if not paths:
            raise UnknownSource("There are no Parquet files to read.")
        unread = (
            f"There are no readable Parquet files at {paths[0]}. Check the path on the workers."
        )
        with self.answers.sought(unread):
            return self._bound(self.spark.read.parquet(*paths))

    def load(self, rows: pa.Table) -> ibis.Table:
        """Return Arrow rows as a table of this engine."""
        with self.answers():
            return self._bound(self.spark.createDataFrame(rows))

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Keep the result on the cluster, where a lost worker's part is computed again."""
        with self.answers():
            return self._bound(self._asked(expression).persist())

    def mapped(
        self,
        rows: ibis.Table,
        function: Function,
        *,
        schema: pa.Schema,
        order: Sequence[str] = (),
    ) -> ibis.Table:
        """Return what a function makes of the rows; it runs beside them on the workers."""
        from pyspark.sql.pandas.types import from_arrow_schema

        with self.answers():
            found = self._asked(rows)
            if order:
                found = found.repartition(order[0]).sortWithinPartitions(*order)
            typed = Typed(function, rows.schema().to_pyarrow(), schema)
            made = found.mapInArrow(typed, from_arrow_schema(schema))
            return self._bound(made.persist(), schema)

    def run(self, expression: ibis.Expr) -> pa.Table:
        """Fetch the result as an Arrow table."""
        promised = expression.as_table().schema().to_pyarrow()
        with self.answers():
            return self._asked(expression).toArrow().cast(promised)

    def write_parquet(self, expression: ibis.Table, path: Path | str) -> None:
        """Let the workers write a folder of Parquet files, which appears complete or not at all."""
        from mainstay.engine.spark.writing import appearing

        with self.answers(), appearing(self.spark, str(path)) as unfinished:
            self._asked(expression).write.parquet(unfinished)

    def _asked(self, expression: ibis.Expr) -> DataFrame:
        return self.spark.sql(sql(expression))

    def _bound(self, frame: DataFrame, schema: pa.Schema | None = None) -> ibis.Table:
        """Describe a frame to Ibis under a name of its own."""
        import ibis
        from pyspark.sql.pandas.types import to_arrow_schema

        name = f"_mainstay_{id(self)}_{next(self.numbers)}"
        frame.createOrReplaceTempView(name)
        self.made[name] = frame
        known = schema or to_arrow_schema(frame.schema, timezone="UTC")
        return ibis.table(ibis.Schema.from_pyarrow(known), name=name)

    def close(self) -> None:
        """Forget what was kept on the cluster, and end the session if nobody else uses it."""
        for name, frame in self.made.items():
            self.answers.forgotten(name, frame)
        self.made.clear()
        session.closed()


@dataclass(frozen=True)
class Typed:
    """A function between the types that it was promised and those that it promised itself."""

    function: Function
    given: pa.Schema
    made: pa.Schema

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield what the function makes of the batches."""
        for batch in self.function(batch.cast(self.given) for batch in batches):
            yield batch.cast(self.made)
