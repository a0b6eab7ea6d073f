"""The forms of a segment: its name and sharing; its rule has a builder of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.shared.forms import ActionForm, Line, Paragraphs

from . import builder

SHARING = [("private", _("Only me")), ("team", _("My team")), ("all", _("Everybody"))]


class SegmentForm(ActionForm):
    name = Line(label=_("Name"), max_length=120)
    description = Paragraphs(label=_("What it is for"), max_length=1000, rows=2, required=False)
    sharing = forms.ChoiceField(
        label=_("Who sees it"),
        choices=SHARING,
        help_text=_("Everybody sees only those of its customers that are theirs to see."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    data: Any

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def values(self) -> dict[str, Any]:
        names = ("name", "description", "sharing")
        known = {name: self.cleaned_data[name] for name in names} | {"kind": self.kind}
        return known | ({"definition": builder.typed(self.data)} if self.kind == "live" else {})


class CopyForm(ActionForm):
    name = Line(label=_("Name of the fixed list"), max_length=120)

    def arguments(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"]}


class PasteForm(ActionForm):
    lines = Paragraphs(
        label=_("One customer per line"),
        max_length=200_000,
        rows=6,
        help_text=_("A number from your files, an e-mail or the exact name."),
    )

    def arguments(self) -> dict[str, Any]:
        return {"lines": self.cleaned_data["lines"].splitlines()}
