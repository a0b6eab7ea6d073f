"""What a valuation asks of an engine."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import ibis
import pyarrow as pa

Function = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


class Engine(Protocol):
    """Where expressions run, and functions over rows; it may be asked by two threads at once."""

    distant: bool  # rows travel to get here, so they are reduced to distinct ones before

    def keep(self, expression: Any) -> Any:
        """Compute the expression inside the engine and return it as a table there."""

    def run(self, expression: Any) -> pa.Table:
        """Compute the expression and return its rows."""

    def mapped(
        self, rows: Any, function: Function, *, schema: pa.Schema, order: Sequence[str] = ()
    ) -> Any:
        """Return what a function makes of the rows, computed once, as a table in the engine.

        The function takes and yields record batches, may be called on several parts of the rows at
        once, and must be picklable. With an order, the rows of a part come sorted by those columns,
        and rows with the same value of the first column are in the same part.
        """


def one(engine: Engine, expr: ibis.Table) -> dict[str, Any]:
    """Return the only row of an expression."""
    return dict(engine.run(expr).to_pylist()[0])
