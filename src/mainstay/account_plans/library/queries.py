"""Reads of the library: what is shipped, under the company's own words."""

from collections.abc import Iterable

from mainstay.shared.numbers import row_number

from .models import LibraryEntry
from .presets import Item, items


def library() -> dict[str, list[Item]]:
    """Return the entries in use by topic, the shipped ones first."""
    rows = list(LibraryEntry.objects.order_by("pk"))
    over = {(row.topic, row.key): row for row in rows if row.key}
    found: dict[str, list[Item]] = {}
    for item in items():
        row = over.get((item.topic, item.key))
        if row is None:
            found.setdefault(item.topic, []).append(item)
        elif row.archived_at is None:
            mine = Item(item.topic, item.key, row.name, row.text, changed=True)
            found.setdefault(item.topic, []).append(mine)
    for row in rows:
        if not row.key and row.archived_at is None:
            own = Item(row.topic, own_key(row.pk), row.name, row.text, shipped=False)
            found.setdefault(row.topic, []).append(own)
    return found


def own_key(pk: int) -> str:
    return f"own.{pk}"


def by_key(found: Iterable[Item]) -> dict[str, Item]:
    return {item.key: item for item in found}


def entry(topic: str, key: str) -> Item | None:
    return by_key(library().get(topic, [])).get(key)


def is_known(topic: str, key: str) -> bool:
    """Answer whether an entry was shipped with this key, or is the company's own."""
    shipped = any((item.topic, item.key) == (topic, key) for item in items())
    return shipped or row_of(topic, key) is not None


def hidden() -> list[Item]:
    """Return the shipped entries that were put away."""
    rows = LibraryEntry.objects.exclude(key="").exclude(archived_at=None)
    away = set(rows.values_list("topic", "key"))
    return [item for item in items() if (item.topic, item.key) in away]


def row_of(topic: str, key: str) -> LibraryEntry | None:
    """Return the company's own row behind an entry, if there is one."""
    rows = LibraryEntry.objects.filter(topic=topic)
    if key.startswith("own."):
        number = key.removeprefix("own.")
        return rows.filter(key="", pk=row_number(number) or 0).first()
    return rows.filter(key=key).first()
