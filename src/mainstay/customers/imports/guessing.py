"""Guess which column of a file fills which field, from its heading and its first values. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from mainstay.customers.imports.kinds import Column, Kind
from mainstay.engine.staging.fields import Type

# The CDNOW sample has no headings: a number twice, the day, how many, how much.
CDNOW_SAMPLE = (r"\d{5}", r"\d{4}", r"(19|20)\d{6}", r"\d{1,3}", r"\d+\.\d\d")
CDNOW_FIELDS = ("customer", None, "ordered_at", "quantity", "amount")
DAY = re.compile(r"(\d{4}[-./年]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|(19|20)\d{6}$)")
NUMBER = re.compile(r"[-+(]?[\d\s\u00a0.,’']+\)?$")


def guess(kind: Kind, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return field -> heading; a column fills one field, the best fit first."""
    if shape := _known_shape(kind, columns, rows):
        return shape
    scored = sorted(
        (
            (-_fit(column, heading, _values(rows, place)), order, place)
            for order, column in enumerate(kind.columns)
            for place, heading in enumerate(columns)
        ),
    )
    found: dict[str, str] = {}
    for score, order, place in scored:
        name, heading = kind.columns[order].field.name, columns[place]
        if score < 0 and name not in found and heading not in found.values():
            found[name] = heading
    return found


def plain(heading: str) -> str:
    """Return a heading in lower case without accents, signs and word breaks: "InvoiceNo" is
    "invoice no"."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.strip())
    text = text.replace("ł", "l").replace("Ł", "L")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def _fit(column: Column, heading: str, values: list[str]) -> int:
    """Weigh how well a column fits: the same words best, values of another type never."""
    mine = plain(heading)
    words = [plain(word) for word in (column.field.name.replace("_", " "), *column.words)]
    if mine in words:
        score = 100 - words.index(mine)
    elif any(mine.endswith(f" {word}") or mine.startswith(f"{word} ") for word in words if word):
        score = 30
    else:
        return 0
    return score if _plausible(column.field.type, values) else 0


def _values(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() for row in rows if place < len(row) and row[place].strip()]


def _plausible(kind: Type, values: list[str]) -> bool:
    if not values or kind not in (Type.NUMBER, Type.MOMENT):
        return True
    test = DAY.match if kind is Type.MOMENT else _numeric
    return sum(1 for value in values if test(value)) * 2 >= len(values)


def _numeric(value: str) -> bool:
    bare = re.sub(r"[A-Za-z€$£¥₽łŁ]", "", value).strip()
    return bool(NUMBER.match(bare))


def _known_shape(
    kind: Kind, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> dict[str, str]:
    """See a file without headings whose values tell what it is."""
    names = {column.field.name for column in kind.columns}
    if (
        len(columns) != len(CDNOW_SAMPLE)
        or not rows
        or not names.issuperset({"customer", "amount"})
    ):
        return {}
    fits = all(
        len(row) == len(columns)
        and all(re.fullmatch(p, c) for p, c in zip(CDNOW_SAMPLE, row, strict=True))
        for row in rows
    )
    if not fits:
        return {}
    return {f: c for f, c in zip(CDNOW_FIELDS, columns, strict=True) if f}
