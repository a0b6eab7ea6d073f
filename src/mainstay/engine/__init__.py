"""The only door to DuckDB, Spark and warehouses: connect, get tables, run, write back."""

from mainstay.engine.connection import Engine, Unanswered, UnknownSource, connect

__all__ = ["Engine", "Unanswered", "UnknownSource", "connect"]
