"""Forms of an import: the file, how it is written, which column is which."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.customers.imports import kinds, queries
from mainstay.engine.staging.fields import Style, Type

ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("utf-8-sig", "UTF-8 (BOM)"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
    ("cp1250", gettext_lazy("Windows-1250 (Central European)")),
    ("cp1251", gettext_lazy("Windows-1251 (Cyrillic)")),
    ("cp1252", gettext_lazy("Windows-1252 (Western)")),
    ("iso8859-2", "ISO 8859-2"),
    ("koi8-r", "KOI8-R"),
    ("gb18030", gettext_lazy("GB 18030 (Chinese)")),
)
DELIMITERS = (
    (",", gettext_lazy("Comma ,")),
    (";", gettext_lazy("Semicolon ;")),
    ("\t", gettext_lazy("Tab")),
    ("|", gettext_lazy("Bar |")),
    (" ", gettext_lazy("Blanks")),
)
MOMENTS = (
    ("", gettext_lazy("found by itself")),
    ("dmy", gettext_lazy("day first: 31.12.2025")),
    ("mdy", gettext_lazy("month first: 12/31/2025")),
    ("ymd", gettext_lazy("year first: 2025-12-31")),
)
NUMBERS = (
    ("", gettext_lazy("found by itself")),
    (".", gettext_lazy("decimal point: 1,234.50")),
    (",", gettext_lazy("decimal comma: 1 234,50")),
)


class NewImport(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What is in the file?"), widget=forms.RadioSelect)
    source = forms.CharField(
        label=gettext_lazy("Where does it come from?"),
        max_length=80,
        help_text=gettext_lazy(
            "The name of the shop, the system or the list. Files of one source know each other:"
            " the same customer number means the same customer."
        ),
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    file = forms.FileField(label=gettext_lazy("File"), required=False)
    path = forms.CharField(
        label=gettext_lazy("Or a file on the server"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Its path below the import folder; administrators only."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.key, kind.label) for kind in queries.kinds_for(user)]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        if user.role != "administrator":
            del self.fields["path"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not given.get("path") and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return given


class LayoutForm(forms.Form):
    """How the file is written; only what fits its format is asked."""

    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), choices=ENCODINGS)
    delimiter = forms.ChoiceField(label=gettext_lazy("Between cells"), choices=DELIMITERS)
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"))
    header = forms.BooleanField(
        label=gettext_lazy("The first row holds the headings"), required=False
    )

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": row.layout})
        self.fields["sheet"].choices = [(n, n) for n in row.sheets]  # type: ignore[attr-defined]
        asked = {"text": {"encoding", "delimiter", "header"}, "workbook": {"sheet", "header"}}
        for name in set(self.fields) - asked.get(row.layout["format"], set()):
            del self.fields[name]


def chosen_mapping(kind: kinds.Kind, given: Mapping[str, str]) -> dict[str, str]:
    """Return field -> heading as the page sent it."""
    return {name: given[f"map-{name}"] for name in kind.fields if given.get(f"map-{name}")}


def chosen_styles(kind: kinds.Kind, given: Mapping[str, str]) -> dict[str, Style]:
    """Return how the user says dates and numbers are written."""
    found = {}
    for name, field in kind.fields.items():
        wish = given.get(f"style-{name}", "")
        if field.type is Type.MOMENT and wish in dict(MOMENTS) and wish:
            found[name] = Style(order=wish, chosen=True)
        elif field.type is Type.NUMBER and wish in dict(NUMBERS) and wish:
            found[name] = Style(decimal=wish, chosen=True)
    return found
