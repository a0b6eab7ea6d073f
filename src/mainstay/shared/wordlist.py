"""The words of letters that stand in a search column, as PostgreSQL needs them for `spelling`.

Triggers keep the list while rows come and change. A word that stays there after its last row costs
a look-up that finds nobody; erasing a person takes such words off the list (`prune`).
"""

from typing import Any

from django.db.migrations.operations.base import Operation

from mainstay.shared import near


def prune(connection: Any, table: str) -> int:
    """Take the words off the list that no row holds any more; return how many.

    One reading of the table: a word that an edit left there is known of nobody, so it cannot be
    looked for by the name of the person.
    """
    if connection.vendor != "postgresql":
        return 0  # the search index of SQLite follows its rows
    held = f"SELECT unnest(string_to_array(btrim(search), ' ')) AS word FROM {table}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table}_words k WHERE NOT EXISTS"
            f" (SELECT 1 FROM ({held}) w WHERE w.word = k.word)"
        )
        count: int = cursor.rowcount
    return count


class WordList(Operation):
    """Migration operation: keep the words of a search column where the database needs it."""

    reversible = True
    reduces_to_sql = False

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._run(schema_editor, making(f"{app_label}_{self.model_name.lower()}"))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._run(schema_editor, unmaking(f"{app_label}_{self.model_name.lower()}"))

    def _run(self, schema_editor: Any, statements: list[str]) -> None:
        if schema_editor.connection.vendor == "postgresql":
            with schema_editor.connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)

    def describe(self) -> str:
        return f"Keep the words of {self.model_name}"


def making(table: str) -> list[str]:
    """Return what makes the list on PostgreSQL, keeps it while rows come and change, and fills it.

    No word is unique by rule: two writers who add the same one must not wait for each other.
    """
    words = f"{table}_words"
    fit = f"word ~ '^[^[:digit:]]{{{near.SHORTEST},{near.LONGEST}}}$'"
    new = f"NOT EXISTS (SELECT 1 FROM {words} k WHERE k.word = w.word)"
    apart = "SELECT DISTINCT unnest(string_to_array(btrim(search), ' ')) AS word FROM"
    one = "(SELECT new.search) AS changed"
    return [
        f'CREATE TABLE {words} (word varchar({near.LONGEST}) COLLATE "C" NOT NULL)',
        f"INSERT INTO {words} SELECT word FROM ({apart} {table}) w WHERE {fit}",
        f"CREATE INDEX {words}_word ON {words} (word)",
        *(
            f"CREATE FUNCTION {words}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT"
            f" INTO {words} SELECT word FROM ({apart} {source}) w WHERE {fit} AND {new};"
            " RETURN NULL; END $$"
            for name, source in (("come", "fresh"), ("changed", one))
        ),
        (
            f"CREATE TRIGGER {words}_come AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {words}_come()"
        ),
        (
            f"CREATE TRIGGER {words}_changed AFTER UPDATE OF search ON {table} FOR EACH ROW"
            f" WHEN (old.search IS DISTINCT FROM new.search) EXECUTE FUNCTION {words}_changed()"
        ),
    ]


def unmaking(table: str) -> list[str]:
    words = f"{table}_words"
    gone = [f"DROP FUNCTION IF EXISTS {words}_{name}() CASCADE" for name in ("come", "changed")]
    return [*gone, f"DROP TABLE IF EXISTS {words}"]
