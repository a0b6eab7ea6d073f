"""Names of countries in the languages of the site, from the telephone library's own tables."""

from functools import cache

from django.utils.translation import get_language

_LANGUAGES = {"en": "en", "pl": "pl", "ru": "ru", "zh-hans": "zh"}


def name(code: str) -> str:
    """Return the country's name in the reader's language; the code itself when unknown."""
    return _names(_LANGUAGES.get(get_language() or "en", "en")).get(code, code)


def choices() -> list[tuple[str, str]]:
    """Return the countries with codes, sorted by name in the reader's language."""
    names = _names(_LANGUAGES.get(get_language() or "en", "en"))
    return sorted(names.items(), key=lambda pair: pair[1])


@cache
def _names(language: str) -> dict[str, str]:
    # The table is large and needed only where countries are shown.
    from phonenumbers.geodata.locale import LOCALE_DATA

    return {code: _translated(names, language) for code, names in LOCALE_DATA.items()}


def _translated(names: dict[str, str], language: str) -> str:
    """Return the name; the table writes "*aa" for "as in language aa"."""
    found = names.get(language) or names.get("en", "")
    return names.get(found[1:], "") if found.startswith("*") else found


class Names(dict[str, str]):
    """A mapping from code to name in the language of whoever looks."""

    def get(self, code: str, default: object = None) -> str:
        return name(code)
