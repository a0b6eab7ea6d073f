"""Forms of certainty."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from mainstay.shared.forms import ActionForm, Day, Line, Paragraphs

from .choices import Level

LEVELS = [("", gettext_lazy("not judged")), *Level.choices]


def _level(text: Any) -> int | None:
    return int(text) if text else None


class OfferingForm(ActionForm):
    name = Line(label=gettext_lazy("Service or product"), max_length=120)


class CertaintyForm(ActionForm):
    present = forms.TypedChoiceField(
        label=gettext_lazy("Now"), choices=LEVELS, coerce=_level, empty_value=None, required=False
    )
    wanted = forms.TypedChoiceField(
        label=gettext_lazy("Wanted"),
        choices=LEVELS,
        coerce=_level,
        empty_value=None,
        required=False,
    )
    evidence = Paragraphs(
        label=gettext_lazy("What it is judged by"), max_length=1000, rows=3, required=False
    )
    rated_on = Day(label=gettext_lazy("Judged on"), required=False)
