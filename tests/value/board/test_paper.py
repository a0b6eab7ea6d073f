"""The board pack as PDF: what its pages say, in which fonts, and that names stay names."""

import io
import json
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.utils import translation

from mainstay.shared import paper as shared_paper
from mainstay.value.board import paper, queries
from tests.factories.value import NOW, computed_run

FONTS = "the fonts for paper are not built here: make assets"
NAMES = [
    '#import "@preview/evil:1.0.0": *',
    '#read("/etc/passwd")',
    '"quoted" \\ back`slash` $math$ *bold* _under_ <label> @ref',
    "// comment /* block */ #panic()",
    "Żółć gęślą jaźń",
    "Съешь ещё этих мягких булок",
    "南京嘉禾物流有限公司",
]
SCRIPTS = {"pl": "ąćęłńóśźż", "ru": "щёъыэюя", "zh-hans": "价值客户增长"}


@pytest.fixture(autouse=True)
def fonts() -> None:
    if not list(shared_paper.FONTS.glob("*.ttf")):
        pytest.skip(FONTS)


def pack(**told: Any) -> dict[str, Any]:
    """Return a pack of one chapter with one table."""
    block = {
        "title": "Names",
        "lead": "",
        "text": "",
        "ask": "",
        "svg": "",
        "alt": "",
        "columns": ["Customer", "Revenue"],
        "rows": [[name, "1"] for name in NAMES],
        "facts": [],
    }
    return {
        "lang": "en",
        "region": None,
        "company": NAMES[0],
        "kind": "Board pack",
        "title": "Title",
        "as_of": "5 Mar 2026",
        "about": ["one", "two"],
        "figures": [{"label": "Customers", "value": "1", "hint": "", "facts": [["n", "1"]]}],
        "chapters": [{"title": "Who", "blocks": [block]}],
        "cannot": [["CLV", NAMES[1]]],
        "words": {"cannot": "What could not be computed"},
        **told,
    }


def pages(content: bytes) -> list[str]:
    """Return the text of every page, its white space made single."""
    read = pypdf.PdfReader(io.BytesIO(content))
    return [" ".join(page.extract_text().split()) for page in read.pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_names_are_data_and_never_code() -> None:
    first, second = pages(paper.pdf(pack()))

    assert squeezed(NAMES[0]) in squeezed(first)
    assert squeezed(NAMES[1]) in squeezed(first)
    for name in NAMES:
        assert squeezed(name) in squeezed(second), name


@pytest.mark.shared_data
def test_no_naughty_string_stops_a_pack(shared_file: Callable[[str], Path]) -> None:
    strings = json.loads(shared_file("corpora/blns/blns.json").read_text())
    block = {**pack()["chapters"][0]["blocks"][0], "rows": [[text, "1"] for text in strings]}

    found = pages(paper.pdf(pack(chapters=[{"title": "Who", "blocks": [block]}])))

    assert "../../../../../../../../../../../etc/passwd%00" in " ".join(found)


def test_polish_russian_and_chinese_letters_are_embedded() -> None:
    content = paper.pdf(pack(title=" ".join(SCRIPTS.values())))

    read = pypdf.PdfReader(io.BytesIO(content))
    embedded = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in read.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert {"NotoSans-Regular", "NotoSansSC-Regular"} <= embedded
    for letters in SCRIPTS.values():
        assert letters in squeezed(pages(content)[0])


def test_a_sign_that_no_font_has_costs_the_mark_of_accessibility_and_no_more() -> None:
    fine, odd = paper.pdf(pack()), paper.pdf(pack(company="𓀀 Hieroglyphs Ltd"))

    assert b"pdfuaid" in fine
    assert b"pdfuaid" not in odd
    assert "Hieroglyphs Ltd" in pages(odd)[0]


def test_without_fonts_a_sentence_says_what_to_do(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(shared_paper, "FONTS", tmp_path)

    with pytest.raises(shared_paper.NoFonts, match="make assets"):
        paper.pdf(pack())


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_a_pack_tells_the_run_within_three_seconds(run: Any, analyst: Any) -> None:
    later = computed_run()
    company = "Żółw & Syn"
    spent = resource.getrusage(resource.RUSAGE_SELF).ru_utime

    facts = queries.facts(later, user=analyst)
    told = {}
    for language in ("en", "pl", "ru", "zh-hans"):
        with translation.override(language):
            told[language] = paper.told(facts, company=company, now=NOW)
    content = paper.pdf(told["en"])

    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - spent < 3
    found = pages(content)
    assert 4 <= len(found) <= 8
    whole = " ".join(found)
    assert found[0].startswith(f"Board pack {company}")
    assert f"As of 5 Mar 2026 · run {later.pk}" in found[0]
    for words in ("Pareto and ABC", "Movement since the last run", "Cost of churn", "Method:"):
        assert words in whole
    assert "lines count." in found[-1]
    assert [told[code]["lang"] for code in told] == ["en", "pl", "ru", "zh"]
    for language in ("pl", "ru", "zh-hans"):
        assert paper.pdf(told[language]).startswith(b"%PDF")
