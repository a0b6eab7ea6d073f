"""Every string of the site exists in every language, with every plural form of that language."""

import re
from pathlib import Path

import polib
from scripts import messages

SOURCE = Path(__file__).resolve().parent.parent / "src" / "mainstay"
PLURAL_FORMS = {"pl": 4, "ru": 4, "zh_Hans": 1}
CATALOGUES = sorted(SOURCE.glob("**/locale/*/LC_MESSAGES/*.po"))

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def language(path: Path) -> str:
    return path.parent.parent.name


def entries(path: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def test_every_string_is_translated() -> None:
    missing = {
        language(path): [entry.msgid for entry in entries(path) if not entry.translated()]
        for path in CATALOGUES
    }
    assert {name: strings for name, strings in missing.items() if strings} == {}


def test_nothing_is_marked_as_a_guess() -> None:
    assert [(language(p), e.msgid) for p in CATALOGUES for e in entries(p) if e.fuzzy] == []


def test_every_plural_has_the_forms_of_its_language() -> None:
    incomplete = [
        (language(path), entry.msgid)
        for path in CATALOGUES
        for entry in entries(path)
        if entry.msgid_plural
        and (
            len(entry.msgstr_plural) != PLURAL_FORMS[language(path)]
            or not all(entry.msgstr_plural.values())
        )
    ]
    assert incomplete == []


def test_every_catalogue_states_its_plural_forms() -> None:
    for path in CATALOGUES:
        header = polib.pofile(str(path)).metadata["Plural-Forms"]
        assert f"nplurals={PLURAL_FORMS[language(path)]}" in header, language(path)


def test_placeholders_survive_translation() -> None:
    changed = {
        (language(path), entry.msgid): entry.msgstr
        for path in CATALOGUES
        for entry in entries(path)
        if entry.translated()
        and not entry.msgid_plural
        and sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr))
    }
    assert changed == {}


def test_every_string_of_the_code_is_in_every_catalogue() -> None:
    wanted = {message.key for message in messages.in_code()}
    for path in CATALOGUES:
        known = {(entry.msgctxt or "", entry.msgid) for entry in entries(path)}
        assert sorted(wanted - known) == [], f"{language(path)}: run make messages"


def test_all_languages_have_a_catalogue_of_the_same_strings() -> None:
    strings = {language(path): {entry.msgid for entry in entries(path)} for path in CATALOGUES}
    assert set(strings) == set(PLURAL_FORMS)
    first = strings["pl"]
    assert {name: sorted(first ^ found) for name, found in strings.items() if found != first} == {}
