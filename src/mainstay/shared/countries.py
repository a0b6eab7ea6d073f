"""Names of countries in the languages of the site, from the telephone library's own tables."""

from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

from django.utils.translation import get_language

_LANGUAGES = {"en": "en", "pl": "pl", "ru": "ru", "zh-hans": "zh"}


def name(code: str) -> str:
    """Return the country's name in the reader's language; the code itself when unknown."""
    return _names(_LANGUAGES.get(get_language() or "en", "en")).get(code, code)


def choices() -> list[tuple[str, str]]:
    """Return the countries with codes, sorted by name in the reader's language."""
    return _sorted(_LANGUAGES.get(get_language() or "en", "en"))


@cache
def _sorted(language: str) -> list[tuple[str, str]]:
    return sorted(_names(language).items(), key=lambda pair: pair[1])


@cache
def _names(language: str) -> dict[str, str]:
    return {code: _translated(names, language) for code, names in _table().items()}


@cache
def _table() -> dict[str, dict[str, str]]:
    """Return the library's table of names, read from its file alone.

    Its package would load the places of all telephone numbers too: seconds, for nothing.
    """
    package = find_spec("phonenumbers")
    folder = Path((package and package.origin) or "").parent
    spec = spec_from_file_location("phonenumbers.names.locale", folder / "geodata" / "locale.py")
    if spec is None or spec.loader is None:
        return {}
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.LOCALE_DATA)


def _translated(names: dict[str, str], language: str) -> str:
    """Return the name; the table writes "*aa" for "as in language aa"."""
    found = names.get(language) or names.get("en", "")
    return names.get(found[1:], "") if found.startswith("*") else found


class Names(dict[str, str]):
    """A mapping from code to name in the language of whoever looks."""

    def get(self, code: str, default: object = None) -> str:
        return name(code)
