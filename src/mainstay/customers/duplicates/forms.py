"""Forms: which customers to compare, and from which probability on what happens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.shared.forms import ActionForm, Percent

from .choices import Reach


class ScanForm(forms.Form):
    reach = forms.ChoiceField(
        label=_("Compare"),
        choices=Reach.choices,
        initial=Reach.CHANGED,
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class ThresholdsForm(ActionForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    ask_from = Percent(
        label=_("Ask a person from, %"),
        help_text=_("Pairs that are less probable are left alone."),
    )
    merge_from = Percent(
        label=_("Merge by rule from, %"),
        help_text=_(
            "Where something contradicts, such as another tax number, a person is asked however"
            " probable the pair is."
        ),
    )
    merges_by_rule = forms.BooleanField(
        label=_("Merge these pairs without asking"),
        required=False,
        help_text=_("Otherwise they stand first in the review. Every merge can be undone."),
    )
    after_imports = forms.BooleanField(
        label=_("Look for duplicates after every import"), required=False
    )

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
