"""What the documentation shows is true: examples run, commands and targets exist, links lead on."""

import doctest
import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "mainstay"
TOP = list(ROOT.glob("*.md"))
PAGES = sorted([*TOP, *(p for p in (ROOT / "docs").rglob("*.md") if "_build" not in p.parts)])
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
SETTING = re.compile(r"MAINSTAY_[A-Z][A-Z_]*[A-Z]")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def examples(path: Path) -> list[str]:
    return [block for block in BLOCK.findall(path.read_text()) if ">>>" in block]


@pytest.mark.parametrize("path", [p for p in PAGES if examples(p)], ids=name)
def test_examples_run(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "\n".join(examples(path))
    test = doctest.DocTestParser().get_doctest(text, {}, name(path), str(path), 0)

    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)

    assert result.failed == 0


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(path.read_text()) if "://" not in link]

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_make_target_that_is_mentioned_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    shown = re.compile(r"(?:`|\$ )make ([a-z][a-z-]*)")
    mentioned = {target for path in PAGES for target in shown.findall(path.read_text())}

    assert mentioned - targets == set()


def test_every_target_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text()
    public = set(re.findall(r"^([a-z][a-z-]*):.*  ## ", makefile, re.MULTILINE)) - {"help"}
    text = (ROOT / "docs" / "reference" / "commands.md").read_text()

    assert {target for target in public if target not in text} == set()


def test_every_setting_is_documented_and_no_other() -> None:
    sources = [*SOURCE.rglob("*.py"), *(ROOT / "scripts").glob("*.py"), ROOT / "tests/conftest.py"]
    used = {setting for path in sources for setting in SETTING.findall(path.read_text())}
    documented = set(SETTING.findall((ROOT / "docs/reference/settings.md").read_text()))

    assert used == documented


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    code = "\n".join(path.read_text() for path in SOURCE.rglob("*.py"))
    rows = re.findall(
        r"^\| [^|]+ \| `([^`]+)` \|", (ROOT / "GLOSSARY.md").read_text(), re.MULTILINE
    )

    missing = [
        word for word in rows if not re.search(rf"\b{re.escape(word.split('.')[-1])}\b", code)
    ]
    assert missing == []


def test_decisions_are_numbered_once_and_have_their_parts() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [path.name[:4] for path in decisions]

    assert len(set(numbers)) == len(numbers)
    for path in decisions:
        text = path.read_text()
        assert text.startswith(f"# {path.name[:4]}: "), path.name
        for part in ("**Context.**", "**Decision.**", "**Checked by**"):
            assert part in text, f"{path.name} has no {part}"


def test_changelog_fragments_are_one_line_of_a_known_kind() -> None:
    kinds = {"added", "changed", "fixed", "removed", "security"}
    for path in (ROOT / "changelog.d").glob("*.md"):
        if path.name in {"README.md", ".template.md"}:
            continue
        assert path.name.split(".")[-2] in kinds, path.name
        assert path.read_text().strip().count(os.linesep) == 0, path.name
