"""Guess which column plays which part, from its name in four languages or from its values."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path


# Names without blanks, marks and case. The order of the parts is the order in which they choose.
def _names() -> dict[str, list[str]]:
    """Read the names of each part: `part:` on a line of its own, then names."""
    found: dict[str, list[str]] = {}
    for word in Path(__file__).with_suffix(".txt").read_text("utf-8").split():
        if word.endswith(":"):
            found[word[:-1]] = names = []
        else:
            names.append(word)
    return found


# Names without blanks, marks and case, in English, Polish, Russian and Chinese; the order of the
# parts is the order in which they choose.
NAMES = _names()
ROLES = tuple(NAMES)
PLAIN = str.maketrans("ąćęłńóśźżё", "acelnoszzе")
DAY = re.compile(
    r"^((19|20)\d{6}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*)$"
)
NUMBER = re.compile(r"^-?[\d\s.,\u00a0]*\d$")


class UnclearColumns(ValueError):
    """A needed part cannot be found; the text says which and how to name it."""


def guess(columns: Sequence[str], rows: Sequence[Sequence[str]], *, named: bool) -> dict[str, str]:
    """Return role → column: by name, or by values where the file names no columns."""
    found = _by_name(columns) if named else {}
    return found if named else _by_values(columns, rows)


def _by_name(columns: Sequence[str]) -> dict[str, str]:
    plain = {_plain(column): column for column in reversed(columns)}
    found: dict[str, str] = {}
    for role, names in NAMES.items():
        for name in names:
            if name in plain and plain[name] not in found.values():
                found[role] = plain[name]
                break
    return found


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold().translate(PLAIN))


def _by_values(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Take the first column of days, the first other one for the customer, the last of numbers."""
    values = {
        column: [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        for place, column in enumerate(columns)
    }
    days = [c for c, cells in values.items() if cells and all(map(DAY.match, cells))]
    others = [column for column in columns if column not in days[:1]]
    numbers = [c for c in others[1:] if values[c] and all(map(NUMBER.match, values[c]))]
    found = {}
    if days:
        found["moment"] = days[0]
    if others:
        found["customer"] = others[0]
    if numbers:
        found["amount"] = numbers[-1]
        after = columns.index(days[0]) if days else 0
        counts = [c for c in numbers[:-1] if columns.index(c) > after]
        found |= {"quantity": counts[-1]} if counts else {}
    return found


def chosen(given: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """Return role → column of what the user wrote as role=name or role=number."""
    found = {}
    for word in given:
        role, equals, name = word.partition("=")
        if not equals or role not in ROLES:
            raise UnclearColumns(
                f"--column {word} is not understood. Write role=name, the role one of: "
                f"{', '.join(ROLES)}."
            )
        if name not in columns and name.isdigit() and 1 <= int(name) <= len(columns):
            name = columns[int(name) - 1]
        if name not in columns:
            raise UnclearColumns(f"There is no column “{name}”. {_list(columns)}")
        found[role] = name
    return found


def complete(found: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """Return the roles if they suffice, or raise the sentence that says what is missing."""
    wanted = {"customer": "who the customer is", "moment": "when the order was made"}
    for role, words in wanted.items():
        if role not in found:
            raise UnclearColumns(
                f"No column says {words}. {_list(columns)} Name it: --column {role}=NAME"
            )
    if not {"amount", "amount_minor", "price"} & set(found):
        raise UnclearColumns(
            f"No column says what was paid. {_list(columns)} Name the amount of the line,"
            " --column amount=NAME, or the unit price, --column price=NAME"
        )
    return dict(found)


def _list(columns: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in columns[:30])
    return f"The columns are {shown}{' …' if len(columns) > 30 else ''}."  # noqa: PLR2004
