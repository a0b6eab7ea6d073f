"""What the planners know of the tables, renewed after very many rows were written."""

from django.db import connection

MANY = 10_000  # rows after which the planner's picture may be of another base


def renew(rows: int) -> None:
    """Let the database look at its tables again when so many rows were written.

    SQLite never does by itself; it looks at those that have changed, at some rows of each index.
    PostgreSQL's own turn comes a minute or more later: pages would be slow until then.
    """
    if rows < MANY:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize=0x10002"
        )
