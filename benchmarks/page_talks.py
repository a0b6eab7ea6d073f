"""Ten conversations for each customer of the large base of `pages.py`, written by the database.

Every value follows from the row's number, so both databases hold the same. The words are plain
ASCII: what the database lowers is what the site's own reading of a text would keep.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from benchmarks.page_data import START, USERS, restart_numbers
from mainstay.customers.models import Affiliation, Interaction

EACH = 10
AT_ONCE = 500_000
SYLLABLES = "babedifogukalomipunerasitovuwyzedo"
SUBJECTS = (
    "Prices", "Delivery late", "New catalogue", "Visit agreed", "Invoice question", "Spare parts",
    "Contract renewal", "Trade fair", "Quality of goods", "Order by phone", "Season plan", "Thanks",
)  # fmt: skip
PHRASES = (
    "asked for an offer", "wants to be called back", "sent the drawings", "will decide next month",
    "spoke with the buyer", "left a message", "was content with the last delivery",
    "compares us with a competitor", "needs a credit note", "moves to a larger warehouse",
)  # fmt: skip
COMPLAINTS_PER_HUNDRED = 2
_TABLE, _TEXTS = Interaction._meta.db_table, f"{Interaction._meta.db_table}_texts"


def fill(customers: int) -> bool:
    """Write the conversations and their index of words; answer whether they were not there."""
    wanted = customers * EACH
    if Interaction.objects.order_by("-pk").values_list("pk", flat=True).first() == wanted:
        return False
    print(f"  writing {_TABLE}", file=sys.stderr)
    with connection.schema_editor() as editor:
        for index in Interaction._meta.indexes:
            editor.remove_index(Interaction, index)
    with connection.cursor() as cursor, _unwatched():
        cursor.execute(f"DELETE FROM {_TABLE}" if _sqlite() else f"TRUNCATE {_TABLE} CASCADE")  # noqa: S608  names are our own
        for first in range(1, wanted + 1, AT_ONCE):
            with transaction.atomic():
                last = min(first + AT_ONCE - 1, wanted)
                cursor.execute(_rows(customers, first, last))
    with connection.schema_editor() as editor:
        for index in Interaction._meta.indexes:
            editor.add_index(Interaction, index)
    restart_numbers(Interaction)
    _read(wanted)
    return True


@contextmanager
def _unwatched() -> Iterator[None]:
    """Leave the triggers alone that note every text to be read: all are read at the end."""
    with connection.cursor() as cursor:
        if not _sqlite():
            # The keys too, which hold by the way the rows are drawn; needs a superuser.
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [_TABLE]
        )
        triggers = cursor.fetchall()
        for name, _made in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, made in triggers:
            cursor.execute(made)


def _sqlite() -> bool:
    return connection.vendor == "sqlite"


def numbered(first: int, last: int) -> str:
    """Return rows of one column, n, from the first number to the last."""
    if _sqlite():
        counted = f"SELECT {first} UNION ALL SELECT n + 1 FROM c WHERE n < {last}"  # noqa: S608  numbers are our own
        return f"(WITH RECURSIVE c(n) AS ({counted}) SELECT n FROM c) numbers"  # noqa: S608  as above
    return f"generate_series({first}::bigint, {last}::bigint) AS numbers(n)"


def drawn(step: int, among: int, add: int = 0) -> str:
    """Return a number below `among` that follows from the row's number."""
    return f"((n + {add}) * {step} % 2147483647 % {among})"


def _one_of(texts: tuple[str, ...], drawn: str) -> str:
    cases = " ".join(f"WHEN {place} THEN '{text}'" for place, text in enumerate(texts))
    return f"CASE {drawn} {cases} END"


def _word(step: int) -> str:
    """Return one of some five thousand words; each is as likely as the others."""
    places = (f"CAST(1 + 2 * {drawn(step + k, 17, k)} AS integer)" for k in range(3))
    parts = (f"substr('{SYLLABLES}', {place}, 2)" for place in places)
    return " || ".join(parts)


def _rows(customers: int, first: int, last: int) -> str:
    """Return the statement that writes the rows of these numbers.

    Every third is with a contact, every tenth with one of a hundredth of the customers, who so
    have a hundred and more.
    """
    contact = f"CASE WHEN n % 3 = 1 THEN {drawn(48271, customers // 2)} + 1 END"
    often = f"{drawn(69621, max(customers // 100, 1))} + 1"
    customer = f"CASE WHEN n % 10 = 0 THEN {often} ELSE {drawn(16807, customers)} + 1 END"
    body = " || ' ' || ".join(
        [_word(40014), _one_of(PHRASES, drawn(39373, 10)), _word(45991), _word(742938285), "'A'"]
    )
    minute = drawn(1226874159, 1_400_000)
    complaint = f"{drawn(62089911, 100)} < {COMPLAINTS_PER_HUNDRED}"
    channels = ("call", "call", "email", "visit", "meeting", "note", "letter")
    if _sqlite():
        at = f"datetime('{START:%Y-%m-%d}', '+' || {minute} || ' minutes')"
    else:
        at = f"timestamptz '{START:%Y-%m-%d} 00:00+00' + {minute} * interval '1 minute'"
    rows = (
        f"SELECT n AS id, {contact} AS with_contact, {customer} AS customer,"  # noqa: S608  as above
        f" {drawn(950706376, USERS)} + 1 AS who,"
        f" {_one_of(channels, drawn(1343714438, len(channels)))} AS channel,"
        f" CASE WHEN {complaint} THEN 'complaint' ELSE 'talk' END AS purpose,"
        f" {drawn(630360016, 60)} + 1 AS minutes,"
        f" {_one_of(SUBJECTS, drawn(397204094, len(SUBJECTS)))} AS subject,"
        f" {body} || n AS body, {at} AS at FROM {numbered(first, last)}"
    )
    into = "id, customer_id, contact_id, user_id, channel, purpose, direction, minutes, outcome,"
    return (
        f"INSERT INTO {_TABLE} ({into} subject, body, occurred_at, created_at, updated_at)"  # noqa: S608  names are our own
        " SELECT d.id, coalesce(a.customer_id, d.customer), a.contact_id, who, channel, purpose,"
        f" 'out', minutes, 'reached', subject, body, at, at, at FROM ({rows}) d"
        f" LEFT JOIN {Affiliation._meta.db_table} a ON a.id = d.with_contact"
    )


def _read(wanted: int) -> None:
    """Take every text into the index, as the site's readers would, but in a few statements."""
    print(f"  writing {_TEXTS}", file=sys.stderr)
    text = "lower(subject || ' ' || body)"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_TABLE}_unread")  # noqa: S608  names are our own
        if _sqlite():
            cursor.execute(f"INSERT INTO {_TEXTS}({_TEXTS}) VALUES ('delete-all')")  # noqa: S608
        else:
            cursor.execute(f"TRUNCATE {_TEXTS}, {_TABLE}_words")
            cursor.execute(f"DROP INDEX {_TEXTS}_words")
        words = text if _sqlite() else f"to_tsvector('simple', {text})"
        column = "rowid" if _sqlite() else "id"
        for first in range(1, wanted + 1, AT_ONCE):
            within = f"id BETWEEN {first} AND {first + AT_ONCE - 1}"
            cursor.execute(
                f"INSERT INTO {_TEXTS}({column}, words) SELECT id, {words} FROM {_TABLE} WHERE {within}"  # noqa: S608, E501
            )
        if not _sqlite():
            cursor.execute(f"CREATE INDEX {_TEXTS}_words ON {_TEXTS} USING gin (words)")
            cursor.execute(
                f"INSERT INTO {_TABLE}_words SELECT word FROM ts_stat('SELECT words FROM {_TEXTS}')"  # noqa: S608
                " WHERE word ~ '^[a-z]{4,24}$'"
            )
