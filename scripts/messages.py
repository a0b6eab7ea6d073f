"""Bring the catalogues up to date with the strings of the code, without the gettext programs.

New strings are added untranslated, strings that are gone leave; translations stay.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "mainstay"
LOCALE = SOURCE / "shared" / "locale"
PLURALS = {
    "pl": "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : "
    "n!=1 && (n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);",
    "ru": "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<12 || n%100>14) ? 1 : n%10==0 || (n%10>=5 && n%10<=9) || "
    "(n%100>=11 && n%100<=14) ? 2 : 3);",
    "zh_Hans": "nplurals=1; plural=0;",
}
# Name of the function: (argument of the context, of the string, of the plural).
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"(?<!\w)({'|'.join(CALLS)})\(\s*({_TEXT}(?:\s*,\s*{_TEXT})*)")


@dataclass(frozen=True, order=True)
class Message:
    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


def in_code() -> dict[Message, list[str]]:
    """Return every string of the program for translators, with the files it stands in."""
    found: dict[Message, list[str]] = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        if "vendor" in path.parts or "migrations" in path.parts:
            continue
        place = str(path.relative_to(ROOT))
        read = _of_python if path.suffix == ".py" else _of_template
        for message in set(read(path.read_text())):
            found.setdefault(message, []).append(place)
    return found


def _of_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
            yield from _message(name, texts)


def _of_template(text: str) -> Iterator[Message]:
    for name, arguments in _CALL.findall(templatize(text)):
        texts = ast.literal_eval(f"[{arguments}]")
        yield from _message(name, texts)


def _message(name: str, texts: list[object]) -> Iterator[Message]:
    if name not in CALLS:
        return
    context, text, plural = (
        texts[place] if place is not None and place < len(texts) else "" for place in CALLS[name]
    )
    if isinstance(text, str) and text and isinstance(plural, str) and isinstance(context, str):
        yield Message(text, plural, context)


def catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def update(language: str, wanted: dict[Message, list[str]]) -> None:
    path = catalogue(language)
    old = polib.pofile(str(path)) if path.exists() else []
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in old if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=100)
    fresh.metadata = {
        "Project-Id-Version": "Mainstay",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for message in sorted(wanted):
        fresh.append(_entry(message, wanted[message], known.get(message.key), language))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))


def _entry(
    message: Message, places: list[str], old: polib.POEntry | None, language: str
) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, occurrences=[(place, "") for place in places])
    if message.context:
        entry.msgctxt = message.context
    if re.search(r"%\(\w+\)[a-z]|%[sd]", message.text + message.plural):
        entry.flags = ["python-format"]
    if message.plural:
        entry.msgid_plural = message.plural
        forms = int(re.findall(r"nplurals=(\d)", PLURALS[language])[0])
        had = old.msgstr_plural if old and old.msgstr_plural else {}
        entry.msgstr_plural = {form: had.get(form, "") for form in range(forms)}
    elif old:
        entry.msgstr = old.msgstr
    return entry


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    strings = in_code()
    for name in PLURALS:
        update(name, strings)
        missing = len(polib.pofile(str(catalogue(name))).untranslated_entries())
        print(f"{name:<8} {len(strings)} strings, {missing} to translate")
