"""Decisions about plans on plain values: their length, and what differs between two of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

FEWEST_PAGES, MOST_PAGES = 4, 6


class Length(StrEnum):
    SHORT = "short"
    RIGHT = "right"
    LONG = "long"


def length(pages: int) -> Length:
    """Return whether a plan of so many pages is as long as it should be.

    A short one is no fault: the lecture asks for four to six pages at most.
    """
    if pages > MOST_PAGES:
        return Length.LONG
    return Length.SHORT if pages < FEWEST_PAGES else Length.RIGHT


@dataclass(frozen=True)
class Change:
    """A run of words that stayed, came or went."""

    kind: str  # same, new, gone
    text: str


def lines(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what a plan says, part by part, a line for each sentence and row."""
    return {part["title"]: list(_lines(part["blocks"])) for part in content.get("parts", [])}


def _lines(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for block in blocks:
        if block["kind"] == "text":
            yield block["text"]
        else:
            for row in block["rows"]:
                yield " · ".join(cell for cell in row if cell)


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, list[list[Change]]]:
    """Return by part the lines that differ, each as runs of words."""
    old, new = lines(before), lines(after)
    found = {part: _changed(old.get(part, []), new.get(part, [])) for part in {**old, **new}}
    return {part: changes for part, changes in found.items() if changes}


def _changed(old: list[str], new: list[str]) -> list[list[Change]]:
    found: list[list[Change]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[i:j], new[k:m]
        paired = min(len(gone), len(come))
        found += [_words(a, b) for a, b in zip(gone, come, strict=False)]
        found += [[Change("gone", text)] for text in gone[paired:]]
        found += [[Change("new", text)] for text in come[paired:]]
    return found


def _words(old: str, new: str) -> list[Change]:
    # Languages without spaces are compared sign by sign.
    one, other = _split(old), _split(new)
    glue = " " if " " in old + new else ""
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", glue.join(one[i:j])))
            continue
        for kind, words in (("gone", one[i:j]), ("new", other[k:m])):
            if words:
                found.append(Change(kind, glue.join(words)))
    return found


def _split(text: str) -> list[str]:
    return text.split() if " " in text else list(text)
