"""Every sentence that analysis can say to a reader is known to the translators."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from mainstay.analysis import said as known
from mainstay.value.presenters import sentences

SOURCE = Path(__file__).resolve().parents[2] / "src" / "mainstay" / "analysis"
FILES = sorted([*SOURCE.glob("lifetime/*.py"), *SOURCE.glob("value/*.py"), SOURCE / "tables.py"])
# No run uses these, or forms and API refuse before: they speak to whoever calls the library.
LIBRARY = {"bootstrap", "by_group", "covariates", "dated", "gaps", "names", "prior"}
# What only a programmer hears, who calls the library with wrong arguments.
FOR_PROGRAMMERS = (
    "frequency: element",
    "recency: element",
    "T: element",
    "t is ",
    "most is ",
    "The forecast looks ",
    "An infinite horizon needs a discount rate",
    "There is no model to compare",
    "level is ",
    "score ",
)


def text_of(node: ast.AST) -> str:
    """Return a literal as it may come out: a figure for each part that varies."""
    match node:
        case ast.Constant(value=str()):
            return node.value.replace("{}", "7")
        case ast.JoinedStr():
            return "".join(text_of(part) or "7" for part in node.values)
    return ""


def said(tree: ast.Module) -> Iterator[str]:
    """Yield every literal that reads as a sentence, leaving docstrings and parts of f-strings."""
    silent = {
        id(part)
        for node in ast.walk(tree)
        for part in ([node.value] if isinstance(node, ast.Expr) else getattr(node, "values", []))
        if isinstance(part, ast.AST)
    }
    for node in ast.walk(tree):
        text = text_of(node) if id(node) not in silent else ""
        if " " in text and text.endswith((".", "is")):
            yield text


HEARD = [path for path in FILES if path.stem not in LIBRARY]


@pytest.mark.parametrize("path", HEARD, ids=lambda path: path.stem)
def test_every_sentence_is_known(path: Path) -> None:
    unknown = [
        text
        for text in said(ast.parse(path.read_text()))
        if not text.startswith(FOR_PROGRAMMERS) and not known.is_known(text)
    ]
    assert unknown == []


def test_the_search_finds_sentences() -> None:
    found = [text for path in FILES for text in said(ast.parse(path.read_text()))]

    assert len(found) > 15


def test_amounts_are_written_in_the_currency() -> None:
    text = (
        "All customers with repeat purchases spend 1250 on average, so there is no difference"
        " between customers to model. Use that amount as it is."
    )

    assert "spend €13 on average" in sentences.translated(text, currency="EUR")


def test_a_note_of_several_sentences_is_translated_one_by_one() -> None:
    text = (
        "Purchase rates do not differ between customers by more than chance. 3 customers have"
        " repeat purchases at time 0. Merge purchases of one day into one occasion, or use a"
        " finer unit of time."
    )

    assert sentences.translated(text) == text


def test_what_is_not_known_is_shown_as_it_came() -> None:
    assert sentences.translated("Cancelled. A bolt from the blue.") == (
        "Cancelled. A bolt from the blue."
    )
    assert not known.is_known("A bolt from the blue.")


def test_names_within_a_sentence_stay_as_they_are() -> None:
    text = (
        "The cohorts “early” and “spring” overlap, so customers would count twice. Let one end"
        " before the other begins."
    )

    assert known.is_known(text)
    assert sentences.translated(text) == text
    assert known.is_known("The cost is -5. Give 0 or more; a refund lowers its own month.")
