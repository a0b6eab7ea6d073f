"""Long texts found by their words: an index beside the table that holds no copy of the text.

Writing a row only notes its number (a trigger); the words are read behind it, by the action that
wrote or by the job that follows imports. A text that changes or goes leaves the index at once.
SQLite keeps a contentless FTS5 table, PostgreSQL a table of tsvectors and the list of words that
`spelling` asks. The words are those of `text.search_text`: without case and accents, each Chinese
sign a word.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.migrations.operations.base import Operation

from mainstay.shared import fts5, near
from mainstay.shared.text import search_terms, search_text, words

COLUMNS = ("subject", "body")
AT_ONCE = 2000


@transaction.atomic
def read_on(connection: Any, table: str, most: int = AT_ONCE) -> int:
    """Take up to `most` texts into the index, the latest noted first; return how many."""
    with connection.cursor() as cursor:
        numbers = _noted(connection, cursor, table, most)
        if not numbers:
            return 0
        marks = ", ".join(["%s"] * len(numbers))
        read = f"SELECT id, {', '.join(COLUMNS)} FROM {table} WHERE id IN ({marks})"
        cursor.execute(read, numbers)
        rows = [(pk, search_text(texts)) for pk, *texts in cursor.fetchall()]
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"DELETE FROM {table}_texts WHERE rowid = %s", [(n,) for n in numbers]
            )
            cursor.executemany(f"INSERT INTO {table}_texts(rowid, words) VALUES (%s, %s)", rows)
        else:
            cursor.executemany(
                f"INSERT INTO {table}_texts VALUES (%s, to_tsvector('simple', %s))"
                " ON CONFLICT (id) DO UPDATE SET words = excluded.words",
                rows,
            )
            _know(cursor, table, {word for _pk, text in rows for word in text.split()})
    return len(numbers)


def _noted(connection: Any, cursor: Any, table: str, most: int) -> list[int]:
    latest = f"SELECT id FROM {table}_unread ORDER BY id DESC LIMIT {most}"
    if connection.vendor == "postgresql":
        # Two readers take different rows.
        cursor.execute(
            f"DELETE FROM {table}_unread WHERE id IN ({latest} FOR UPDATE SKIP LOCKED) RETURNING id"
        )
        return sorted({row[0] for row in cursor.fetchall()})
    cursor.execute(latest)
    numbers = sorted({row[0] for row in cursor.fetchall()})
    cursor.executemany(f"DELETE FROM {table}_unread WHERE id = %s", [(n,) for n in numbers])
    return numbers


def _know(cursor: Any, table: str, found: Iterable[str]) -> None:
    letters = sorted(word for word in found if near.can_be_mistyped(word))
    cursor.execute(
        f"INSERT INTO {table}_words SELECT w FROM unnest(%s::text[]) w WHERE NOT EXISTS"
        f" (SELECT 1 FROM {table}_words k WHERE k.word = w)",
        [letters],
    )


def newest(connection: Any, table: str, typed: str, most: int) -> list[int]:
    """Return the numbers of the texts that hold every term, the highest first."""
    terms = search_terms(typed)
    if not terms:
        return []
    if connection.vendor == "sqlite":
        asked = " ".join(f'"{term}"*' for term in terms)
        sql = f"SELECT rowid FROM {table}_texts WHERE {table}_texts MATCH %s ORDER BY rowid DESC"
    else:
        asked = " & ".join("(" + " <-> ".join(term.split()) + ":*)" for term in terms)
        sql = (
            f"SELECT id FROM {table}_texts WHERE words @@ to_tsquery('simple', %s) ORDER BY id DESC"
        )
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {most}", [asked])
        return [row[0] for row in cursor.fetchall()]


def known(connection: Any, table: str, wanted: list[str]) -> set[str]:
    """Return those of the words that stand in a text."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        ask = connection.connection.execute
        ask(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_known"
            f" USING fts5vocab('main', '{table}_texts', 'row')"
        )
        return fts5.standing(connection, f"{table}_known", wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word FROM {table}_words WHERE word = ANY(%s)", [wanted])
        return {row[0] for row in cursor.fetchall()}


def forget(connection: Any, table: str, texts: Iterable[str]) -> int:
    """Leave no trace of words that no text holds any more; return how many were on the list."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Gone rows are only marked until their part of the index is written anew.
            cursor.execute(f"INSERT INTO {table}_texts({table}_texts) VALUES ('optimize')")
            return 0
        held = f"SELECT 1 FROM {table}_texts t WHERE t.words @@ plainto_tsquery('simple', k.word)"
        found = sorted({word for text in texts for word in words(text)})
        sql = f"DELETE FROM {table}_words k WHERE k.word = ANY(%s) AND NOT EXISTS ({held})"
        cursor.execute(sql, [found])
        count: int = cursor.rowcount
    return count


class TextIndex(Operation):
    """Migration operation: make the index of a model's subject and body, and note all there are."""

    reversible = True
    reduces_to_sql = False

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._run(app_label, schema_editor, _MADE)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._run(app_label, schema_editor, _UNMADE)

    def _run(self, app_label: str, schema_editor: Any, statements: dict[str, str]) -> None:
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            for statement in statements[connection.vendor].strip().split("\n\n"):
                table = f"{app_label}_{self.model_name.lower()}"
                cursor.execute(statement.replace("TABLE_", f"{table}_").replace("ITSELF", table))

    def describe(self) -> str:
        return f"Make the index of the texts of {self.model_name}"


_MADE = {
    "sqlite": """
CREATE VIRTUAL TABLE TABLE_texts USING fts5(words, content='', contentless_delete=1,
tokenize='unicode61 remove_diacritics 0')

CREATE TABLE TABLE_unread (id INTEGER NOT NULL)

CREATE TRIGGER TABLE_texts_insert AFTER INSERT ON ITSELF
BEGIN INSERT INTO TABLE_unread VALUES (new.id); END

CREATE TRIGGER TABLE_texts_update AFTER UPDATE OF subject, body ON ITSELF
WHEN old.subject IS NOT new.subject OR old.body IS NOT new.body BEGIN
DELETE FROM TABLE_texts WHERE rowid = old.id; INSERT INTO TABLE_unread VALUES (new.id); END

CREATE TRIGGER TABLE_texts_delete AFTER DELETE ON ITSELF
BEGIN DELETE FROM TABLE_texts WHERE rowid = old.id; END

INSERT INTO TABLE_unread SELECT id FROM ITSELF
""",
    "postgresql": """
CREATE TABLE TABLE_texts (id bigint PRIMARY KEY, words tsvector NOT NULL)

CREATE INDEX TABLE_texts_words ON TABLE_texts USING gin (words)

CREATE TABLE TABLE_words (word varchar(24) COLLATE "C" NOT NULL)

CREATE INDEX TABLE_words_word ON TABLE_words (word)

CREATE TABLE TABLE_unread (id bigint NOT NULL)

CREATE INDEX TABLE_unread_id ON TABLE_unread (id)

CREATE FUNCTION TABLE_texts_come() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO TABLE_unread SELECT id FROM fresh; RETURN NULL; END $$

CREATE FUNCTION TABLE_texts_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
DELETE FROM TABLE_texts WHERE id = old.id; INSERT INTO TABLE_unread VALUES (new.id);
RETURN NULL; END $$

CREATE FUNCTION TABLE_texts_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
DELETE FROM TABLE_texts t USING stale WHERE t.id = stale.id; RETURN NULL; END $$

CREATE TRIGGER TABLE_texts_come AFTER INSERT ON ITSELF REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION TABLE_texts_come()

CREATE TRIGGER TABLE_texts_changed AFTER UPDATE OF subject, body ON ITSELF FOR EACH ROW
WHEN (old.subject IS DISTINCT FROM new.subject OR old.body IS DISTINCT FROM new.body)
EXECUTE FUNCTION TABLE_texts_changed()

CREATE TRIGGER TABLE_texts_gone AFTER DELETE ON ITSELF REFERENCING OLD TABLE AS stale
FOR EACH STATEMENT EXECUTE FUNCTION TABLE_texts_gone()

INSERT INTO TABLE_unread SELECT id FROM ITSELF
""",
}
_UNMADE = {
    "sqlite": """
DROP TRIGGER IF EXISTS TABLE_texts_insert

DROP TRIGGER IF EXISTS TABLE_texts_update

DROP TRIGGER IF EXISTS TABLE_texts_delete

DROP TABLE IF EXISTS TABLE_texts

DROP TABLE IF EXISTS TABLE_unread
""",
    "postgresql": """
DROP FUNCTION IF EXISTS TABLE_texts_come(), TABLE_texts_changed(), TABLE_texts_gone() CASCADE

DROP TABLE IF EXISTS TABLE_texts, TABLE_unread, TABLE_words
""",
}
