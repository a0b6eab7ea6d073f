"""Forms of a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.shared.forms import ActionForm, Line, Paragraphs


class _WordsForm(ActionForm):
    """What is written goes to the action by name."""

    def arguments(self) -> dict[str, str]:
        return self.values()


class PassageForm(_WordsForm):
    text = Paragraphs(label=_("In your words"), max_length=3000, rows=4, required=False)


class ForwardForm(_WordsForm):
    note = Line(label=_("What is new in this version"), max_length=300, required=False)


class DecisionForm(_WordsForm):
    state = forms.CharField(max_length=8, widget=forms.HiddenInput)
    remark = Line(label=_("Remark"), max_length=300, required=False)
