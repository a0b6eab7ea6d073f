"""Ibis's compilers one by one, and expressions in DuckDB's words."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis  # takes a second to import, and pages that only read the mirror do without

COMPILERS = "ibis.backends.sql.compilers"


def sql(expression: ibis.Expr) -> str:
    """Return the expression in DuckDB's words, whole numbers in 64 bits.

    DuckDB adds whole numbers up in 128 bits, which Ibis takes for 64 and leaves uncast.
    """
    own = compiler("duckdb")
    query = own.to_sqlglot(expression.unbind()).sql(dialect=own.dialect)
    schema = expression.as_table().schema()
    if whole := [name for name, dtype in schema.items() if dtype.is_int64()]:
        casts = ", ".join(f'CAST("{name}" AS BIGINT) AS "{name}"' for name in whole)
        return f"SELECT * REPLACE ({casts}) FROM ({query})"  # noqa: S608
    return str(query)


@cache
def compiler(engine: str) -> Any:
    """Return Ibis's compiler for an engine.

    The package of the compilers imports those of twenty databases, 0.4 s of CPU. So ours is
    imported with an empty package in its place. Both are forgotten then: whoever needs the others
    imports the package as ever.
    """
    ours = f"{COMPILERS}.{engine}"
    if COMPILERS in sys.modules:
        return importlib.import_module(ours).compiler
    found = importlib.util.find_spec(COMPILERS)
    package = ModuleType(COMPILERS)
    package.__path__ = list(found.submodule_search_locations or []) if found else []
    sys.modules[COMPILERS] = package
    try:
        return importlib.import_module(ours).compiler
    finally:
        for name in [n for n in sys.modules if n == COMPILERS or n.startswith(f"{COMPILERS}.")]:
            del sys.modules[name]
