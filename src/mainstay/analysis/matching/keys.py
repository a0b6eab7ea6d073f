"""Blocking: which records are compared at all. Two records meet if one of their keys is equal."""

from dataclasses import dataclass

# A key that more records share tells them apart too badly: comparing all of them with each other
# would take a day for the sake of a name like “Unknown”.
LARGEST_BLOCK = 200


@dataclass(frozen=True)
class Key:
    """Something two records may have in common; SQL that every engine understands."""

    name: str
    columns: tuple[str, ...]
    expression: str

    @property
    def column(self) -> str:
        return f"key_{self.name}"


def _joined(name: str, *columns: str) -> Key:
    """Return a key of several columns; empty as soon as one of them is."""
    return Key(name, columns, f"concat({', '.join(_apart(columns))})")


def _apart(columns: tuple[str, ...]) -> list[str]:
    return [part for column in columns for part in (column, "'|'")][:-1]


_PAIR = "concat(least(given_sound, surname_sound), '|', greatest(given_sound, surname_sound))"
_FIRST = "substr(least(given_sound, surname_sound), 1, 1)"
_LAST = "substr(greatest(given_sound, surname_sound), 1, 1)"
_NAMES = ("given_sound", "surname_sound")

KEYS = (
    Key("tax", ("tax",), "tax"),
    Key("email", ("email",), "email"),
    Key("phone", ("phone",), "right(phone, 8)"),
    Key("names", _NAMES, _PAIR),
    Key("born_first", (*_NAMES, "born"), f"concat(born, {_FIRST})"),
    Key("born_last", (*_NAMES, "born"), f"concat(born, {_LAST})"),
    _joined("surname_postcode", "surname_sound", "postcode"),
    _joined("given_postcode", "given_sound", "postcode"),
    _joined("given_street", "given_sound", "street"),
    _joined("surname_street", "surname_sound", "street"),
    _joined("street", "street", "house", "postcode"),
    Key("words", ("words",), "words"),
    Key("name_town", ("name", "city"), "concat(substr(name, 1, 5), '|', city)"),
    Key("name_postcode", ("name", "postcode"), "concat(substr(name, 1, 4), '|', postcode)"),
    Key("site", ("site",), "site"),
    Key("name_site", ("mail_site",), "mail_site"),
)


def usable(filled: frozenset[str]) -> tuple[Key, ...]:
    """Return the keys for which any record has all that they are made of."""
    return tuple(key for key in KEYS if filled.issuperset(key.columns))
