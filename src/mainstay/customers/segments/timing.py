"""A limit on how long the database may think while somebody types."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from django.db import OperationalError, connection, transaction

STEPS = 20_000  # of SQLite's machine between two looks at the clock: about a millisecond
_STOPPED = ("statement timeout", "interrupted")


class TooSlow(Exception):
    """The database took longer than allowed; nothing was changed."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Stop what the database reads within after so many seconds.

    Raises:
        TooSlow: it was stopped.
    """
    limit = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    try:
        with limit(seconds):
            yield
    except OperationalError as error:
        if any(word in str(error) for word in _STOPPED):
            raise TooSlow from error
        raise


@contextmanager
def _on_postgresql(seconds: float) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, true)", [f"{seconds * 1000:.0f}"]
        )
        yield
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")


@contextmanager
def _on_sqlite(seconds: float) -> Iterator[None]:
    connection.ensure_connection()
    until = perf_counter() + seconds
    connection.connection.set_progress_handler(lambda: perf_counter() > until, STEPS)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, STEPS)
