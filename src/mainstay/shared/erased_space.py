"""What a database still holds of rows that were deleted, taken out of its files as well.

SQLite runs with `secure_delete`, so freed space is overwritten as it is freed; what remains are old
segments of the search index and the write-ahead log. PostgreSQL keeps dead rows until a VACUUM.
"""

from django.db import connection

STEPS_AT_MOST = 2000


def wipe() -> None:
    """Merge the search indexes, empty the log, or vacuum; not within a transaction."""
    if connection.in_atomic_block:
        return
    if connection.vendor == "sqlite":
        _merge_indexes()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")


def _merge_indexes() -> None:
    """Merge each full-text index in small steps, so that nobody waits long for the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
        for (name,) in cursor.fetchall():
            pages = -500  # negative: begin to merge all segments into one
            for _step in range(STEPS_AT_MOST):
                cursor.execute("SELECT total_changes()")
                before = cursor.fetchone()[0]
                cursor.execute(f"INSERT INTO {name}({name}, rank) VALUES ('merge', {pages})")  # noqa: S608  names of our own
                cursor.execute("SELECT total_changes()")
                if cursor.fetchone()[0] - before < 2:  # noqa: PLR2004  the statement itself is one
                    break
                pages = 500
