"""Strings for translators are found wherever they stand."""

from pathlib import Path

import polib
import pytest
from scripts import messages
from scripts.messages import Message


def test_strings_of_python() -> None:
    code = (
        '_("One"); ngettext("%(n)d row", "%(n)d rows", n); pgettext_lazy("month", "May"); _(name)'
    )

    assert set(messages._of_python(code)) == {
        Message("One"),
        Message("%(n)d row", "%(n)d rows"),
        Message("May", context="month"),
    }


def test_strings_of_templates() -> None:
    page = (
        '{% load i18n %}{% translate "Save" %}<a title="{% trans \'Close\' %}">'
        "{% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
        '{{ _("Total") }}{% include "x.html" with text=_("Empty") %}'
    )

    assert set(messages._of_template(page)) == {
        Message("Save"),
        Message("Close"),
        Message("%(n)s row", "%(n)s rows"),
        Message("Total"),
        Message("Empty"),
    }


def test_a_translation_stays_and_a_string_that_is_gone_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    rows = Message("%(n)d row", "%(n)d rows")
    messages.update("pl", {Message("Save"): ["a"], Message("Gone"): ["a"], rows: ["a"]})
    catalogue = polib.pofile(str(messages.catalogue("pl")))
    for entry in catalogue:
        entry.msgstr = "" if entry.msgid_plural else "Zapisz"
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "wiersz")
    catalogue.save()

    messages.update("pl", {Message("Save"): ["b"], Message("New"): ["b"], rows: ["b"]})

    after = {entry.msgid: entry for entry in polib.pofile(str(messages.catalogue("pl")))}
    assert set(after) == {"Save", "New", "%(n)d row"}
    assert after["Save"].msgstr == "Zapisz"
    assert after["%(n)d row"].msgstr_plural == dict.fromkeys(range(4), "wiersz")
    assert not after["New"].translated()
