"""Words as search sees them: without case, accents, punctuation; each Chinese character a word."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_SORT_NAME = 80
# Letters that no Unicode decomposition takes apart, as people type them without their own keyboard.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_CJK = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_NOT_WORD = re.compile(r"[\W_]+")
_NUMBER_AS_TYPED = re.compile(r"\+?[\d\s()./-]+")
_SHORTEST_NUMBER = 5


def plain(text: str) -> str:
    """Return the text in small letters without accents: Łódź → lodz, Straße → strasse."""
    if text.isascii():  # most texts of an import; the rest below would change nothing more
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return kept.casefold().translate(_PLAIN)


def words(text: str) -> list[str]:
    """Return the words search knows the text by."""
    apart = plain(text) if text.isascii() else _CJK.sub(r" \1 ", plain(text))
    return _NOT_WORD.sub(" ", apart).split()


def sort_name(name: str) -> str:
    """Return what a name is sorted by; a name of signs alone keeps its signs."""
    return (" ".join(words(name)) or name.strip())[:LONGEST_SORT_NAME]


def search_text(texts: Iterable[str], numbers: Iterable[str] = ()) -> str:
    """Return the search column: every word of the texts, and every number without its spacing."""
    found = [word for text in texts if text for word in words(text)]
    found += [form for number in numbers if number for form in _number_forms(number)]
    return f" {' '.join(found)} " if found else ""


def search_terms(typed: str) -> list[str]:
    """Return what to look for, each term a beginning: one word, or characters in a row."""
    if number := _typed_number(typed):
        return [number]
    terms = (" ".join(words(part)) for part in typed.split())
    return list(dict.fromkeys(term for term in terms if term))


def _typed_number(typed: str) -> str:
    """Return the digits when a telephone or tax number was typed, in any spacing."""
    if not _NUMBER_AS_TYPED.fullmatch(typed.strip()):
        return ""
    digits = re.sub(r"\D", "", typed).lstrip("0")
    return digits if len(digits) >= _SHORTEST_NUMBER else ""


def _number_forms(number: str) -> list[str]:
    parts = words(number)
    joined = "".join(parts)
    more = [form for form in dict.fromkeys([joined, joined.lstrip("0")]) if form not in parts]
    return [*parts, *(form for form in more if form)]
