"""The form of a decision about a customer, and that of a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers.segments import queries as segments
from mainstay.shared.forms import ActionForm, Day, Line, LongSelect, Paragraphs

DECISIONS = [
    ("keep", _("Keep as it is")),
    ("terms", _("Change terms, serve more cheaply")),
    ("goodbye", _("Say goodbye")),
    ("later", _("Decide later")),
]


class FarewellForm(ActionForm):
    decision = forms.ChoiceField(label=_("Decision"), choices=DECISIONS)
    reason = Paragraphs(label=_("Reason"), max_length=2000)
    review_on = Day(label=_("Look again on"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("decision", "reason", "review_on")}


class RuleForm(ActionForm):
    name = Line(label=_("Name"), max_length=120)
    proposed: Any = forms.ModelChoiceField(
        label=_("Who is proposed"), queryset=None, widget=LongSelect
    )
    spared: Any = forms.ModelChoiceField(
        label=_("Never, even then"),
        queryset=None,
        widget=LongSelect,
        help_text=_("Whoever is in this segment is not proposed: parting is never blind."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("proposed", "spared"):
            self.fields[name].queryset = segments.by_name(user)  # type: ignore[attr-defined]
