import pytest

from mainstay.shared.text import search_terms, search_text, sort_name, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Łódzkie Młyny", ["lodzkie", "mlyny"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("Ørsted Đurić", ["orsted", "duric"]),
        ("Ёлка ЙОД", ["елка", "иод"]),
        ("王伟公司", ["王", "伟", "公", "司"]),
        ("anna.nowak@firma.pl", ["anna", "nowak", "firma", "pl"]),
        ("İstanbul ﬁn", ["istanbul", "fin"]),
        ("…", []),
    ],
)
def test_words_lose_case_accents_and_signs(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Nowak  anna", ["nowak", "anna"]),
        ("王伟 nowak", ["王 伟", "nowak"]),
        ("+48 601-234-567", ["48601234567"]),
        ("0601 234 567", ["601234567"]),
        ("anna@firma.pl", ["anna firma pl"]),
        ("  ", []),
        ("%_'\"", []),
    ],
)
def test_what_is_typed_becomes_terms(typed: str, terms: list[str]) -> None:
    assert search_terms(typed) == terms


def test_numbers_are_found_in_any_spacing() -> None:
    assert (
        search_text(["Firma"], ["PL 725-00-11", "0048"]) == " firma pl 725 00 11 pl7250011 0048 48 "
    )


def test_a_name_of_signs_alone_still_sorts() -> None:
    assert sort_name(" *** ") == "***"
    assert len(sort_name("x" * 500)) == 80
