"""Ibis expressions in Spark's words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from mainstay.engine import expressions

if TYPE_CHECKING:
    import ibis


def sql(expression: ibis.Expr) -> str:
    """Return the expression in Spark's words."""
    own = compiler()
    return str(own.to_sqlglot(expression.unbind()).sql(dialect=own.dialect))


@cache
def compiler() -> Any:
    """Return Ibis's compiler for Spark, in two places nearer to the other engines."""
    from ibis.config import Config, options

    class Options(Config):
        """What Ibis's whole backend, with pandas behind it, would register."""

        treat_nan_as_null: bool = False

    if options.pyspark is None:
        options.pyspark = Options()
    spark = type(expressions.compiler("pyspark"))

    class Compiler(spark):  # type: ignore[misc, valid-type]
        __slots__ = ()

        def visit_CountStar(self, op: Any, *, arg: Any, where: Any) -> Any:  # noqa: N802
            """Count no rows as 0; Ibis adds ones up, and of no rows that is null."""
            return (
                super().visit_CountStar(op, arg=arg, where=None)
                if where is None
                else (self.f.count_if(where))
            )

        def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: Any) -> Any:  # noqa: N802
            """Write floats as such; Spark reads 0.1 as a decimal, and divides to few places."""
            found = super().visit_NonNullLiteral(op, value=value, dtype=dtype)
            return self.cast(str(value), dtype) if dtype.is_floating() else found

    return Compiler()
