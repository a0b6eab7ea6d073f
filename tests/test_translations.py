"""Every string of the site exists in every language, with every plural form of that language."""

import re
from pathlib import Path

import polib
import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "mainstay"
PLURAL_FORMS = {"pl": 4, "ru": 4, "zh_Hans": 1}
CATALOGUES = sorted(SOURCE.glob("**/locale/*/LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def language(path: Path) -> str:
    return path.parent.parent.name


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_every_string_is_translated(path: Path) -> None:
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    missing = [entry.msgid for entry in entries if not entry.translated()]
    assert missing == []


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_every_plural_has_the_forms_of_its_language(path: Path) -> None:
    wanted = PLURAL_FORMS[language(path)]
    catalogue = polib.pofile(str(path))
    assert f"nplurals={wanted}" in catalogue.metadata["Plural-Forms"]
    plurals = [e for e in catalogue if e.msgid_plural and not e.obsolete]
    incomplete = [
        entry.msgid
        for entry in plurals
        if len(entry.msgstr_plural) != wanted or not all(entry.msgstr_plural.values())
    ]
    assert incomplete == []


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_placeholders_survive_translation(path: Path) -> None:
    changed = {}
    for entry in polib.pofile(str(path)):
        if entry.obsolete or entry.msgid_plural or not entry.translated():
            continue
        if sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr)):
            changed[entry.msgid] = entry.msgstr
    assert changed == {}


@pytest.mark.skipif(not CATALOGUES, reason="no catalogues yet")
def test_all_languages_have_a_catalogue_of_the_same_strings() -> None:
    strings = {
        language(path): {entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete}
        for path in CATALOGUES
    }
    assert set(strings) == set(PLURAL_FORMS)
    first = strings["pl"]
    assert {name: sorted(first ^ found) for name, found in strings.items() if found != first} == {}
