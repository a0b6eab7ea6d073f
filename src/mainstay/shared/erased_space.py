"""What a database still holds of rows that were deleted, taken out of its files as well.

SQLite runs with `secure_delete`, so freed space is overwritten as it is freed; what remains are old
segments of the search index and the write-ahead log. PostgreSQL keeps dead rows until a VACUUM.
"""

from django.db import connection

from mainstay.shared import fts5


def wipe() -> None:
    """Merge the search indexes, empty the log, or vacuum; not within a transaction."""
    if connection.in_atomic_block:
        return
    if connection.vendor == "sqlite":
        fts5.merge(connection)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
