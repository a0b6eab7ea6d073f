"""Numbers that arrive as text in an address or a form."""

from collections.abc import Iterable

LONGEST = 18  # digits that surely fit a row's number in either database


def row_number(text: object) -> int | None:
    """Return the number of a row, or None where the text is none that a database could hold."""
    typed = str(text)
    fits = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST
    return int(typed) if fits else None


def row_numbers(texts: Iterable[object]) -> list[int]:
    """Return the numbers of rows among the texts, in their order."""
    return [number for text in texts if (number := row_number(text)) is not None]
