"""Words one mistake away: a letter wrong, missing, too much, or two exchanged; on plain values."""

from collections.abc import Iterator

SHORTEST = 4
LONGEST = 24
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ"
# A sign that is one word of the search column: Chinese and Japanese.
_FIRST_IDEOGRAM = "\u3040"


def can_be_mistyped(word: str) -> bool:
    """Answer whether the word is of letters, and long enough that one wrong says little."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha() and word[0] < _FIRST_IDEOGRAM


def neighbours(word: str) -> list[str]:
    """Return every word of the same script that is one mistake away, likelier mistakes first.

    Fewest doubts first: two letters exchanged, one too much, then wrong or missing ones; in each,
    what keeps the first letter, which people rarely mistype.
    """
    letters = _CYRILLIC if word[0] >= "а" else _LATIN
    found = dict.fromkeys(each for each in _all(word, letters) if each != word)
    return sorted(found, key=lambda each: each[0] != word[0])


def _all(word: str, letters: str) -> Iterator[str]:
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    yield from (a + b[1:] for a, b in cuts if b)
    yield from (a + letter + b[1:] for a, b in cuts if b for letter in letters)
    yield from (a + letter + b for a, b in cuts for letter in letters)


def is_ideograms(term: str) -> bool:
    """Answer whether the term is signs that stand in the search column as words in a row."""
    signs = term.split()
    return len(signs) > 1 and all(len(each) == 1 and each >= _FIRST_IDEOGRAM for each in signs)


def patterns(term: str) -> list[tuple[str, list[str]]]:
    """Return how `LIKE` finds signs in a row with one mistake, and the signs that must be there.

    王 炜 明 → 王 _ 明 (one wrong), 王 明 (one too much), 炜 王 明 (exchanged), 王 _ 炜 明 (one
    missing). Of two signs one wrong leaves too little to look for.
    """
    signs = term.split()
    found: list[list[str]] = []
    for at in range(len(signs) - 1):
        found.append([*signs[:at], signs[at + 1], signs[at], *signs[at + 2 :]])
        found.append([*signs[: at + 1], "_", *signs[at + 1 :]])
    if len(signs) > 2:  # noqa: PLR2004  as told above
        for at in range(len(signs)):
            found.append([*signs[:at], "_", *signs[at + 1 :]])
            found.append(signs[:at] + signs[at + 1 :])
    return [(f"% {' '.join(each)} %", [s for s in each if s != "_"]) for each in found]
