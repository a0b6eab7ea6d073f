"""The report's language: words from the site's catalogues, numbers and days as written there.

The same .po files as on the site, read by the standard library: `analyse` starts without Django.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

import mainstay

LOCALE = Path(mainstay.__file__).parent / "shared" / "locale"
NARROW, WIDE = "\N{NO-BREAK SPACE}", ","
FOLDERS = {"en": "", "pl": "pl", "ru": "ru", "zh-hans": "zh_Hans"}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Language:
    """How one language writes, and its words."""

    code: str = "en"
    group: str = WIDE
    decimal: str = "."
    percent: str = "%"
    words: NullTranslations = field(default_factory=NullTranslations)

    def day(self, day: date) -> str:
        """Return a day as people of the language write it."""
        match self.code:
            case "en":
                return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
            case "zh-hans":
                return day.isoformat()
        return f"{day:%d.%m.%Y}"


_spoken: ContextVar[Language] = ContextVar("spoken", default=Language())  # noqa: B039  frozen


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Write everything within in the language."""
    before = _spoken.set(_language(code))
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> Language:
    """Return the language that is written now."""
    return _spoken.get()


def gettext(text: str) -> str:
    """Return the text in the language."""
    return _spoken.get().words.gettext(text)


def ngettext(one: str, many: str, number: float) -> str:
    """Return the form of a text that goes with the number."""
    return _spoken.get().words.ngettext(one, many, int(number))


def number(value: float, places: int = 0, *, sign: str = "") -> str:
    """Return a number with thousands set apart; `sign="+"` shows the sign of gains too."""
    return as_written(f"{value:{sign},.{places}f}")


def as_written(plain: str) -> str:
    """Return a number of Python's with the separators of the language."""
    language = _spoken.get()
    swap = {",": language.group, ".": language.decimal, "-": "\N{MINUS SIGN}"}
    return "".join(swap.get(letter, letter) for letter in plain)


def percent(part: float, places: int = 0, *, sign: str = "") -> str:
    """Return a part of one in per cent."""
    return number(part * 100, places, sign=sign) + _spoken.get().percent


def day(value: date | str) -> str:
    """Return a day, or one written as 2025-12-31."""
    return _spoken.get().day(date.fromisoformat(value) if isinstance(value, str) else value)


def of_environment(environment: Mapping[str, str]) -> str:
    """Return the language that the reader's locale asks for; English for one not spoken here."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    wished = next((name for name in names if name), "").lower()
    if wished.startswith("zh") and not wished.startswith(("zh_tw", "zh_hk", "zh_mo", "zh_hant")):
        return "zh-hans"
    return wished[:2] if wished[:2] in FOLDERS else "en"


def _language(code: str) -> Language:
    words = _words(FOLDERS[code])
    match code:
        case "pl":
            return Language(code, NARROW, ",", "%", words)
        case "ru":
            return Language(code, NARROW, ",", f"{NARROW}%", words)
    return Language(code, words=words)


def _words(folder: str) -> NullTranslations:
    if not folder:
        return NullTranslations()
    compiled = LOCALE / folder / "LC_MESSAGES" / "django.mo"
    if compiled.exists():
        return GNUTranslations(io.BytesIO(compiled.read_bytes()))
    import polib

    source = polib.pofile(str(compiled.with_suffix(".po")))
    return GNUTranslations(io.BytesIO(source.to_binary()))
