"""Forms about consents, purposes and cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers.forms import LANGUAGES
from mainstay.shared.forms import ActionForm, Day, Line, Moment, Paragraphs

from . import queries
from .choices import Basis, CaseKind, ConsentChannel, Step


class ConsentForm(ActionForm):
    purpose: Any = forms.ModelChoiceField(label=_("Purpose"), queryset=None)
    channel = forms.ChoiceField(label=_("Channel"), choices=ConsentChannel.choices)
    step = forms.ChoiceField(label=_("What"), choices=Step.choices)
    wording: Any = forms.ModelChoiceField(
        label=_("Wording"),
        queryset=None,
        required=False,
        help_text=_("The words that the person agreed to."),
    )
    source = Line(
        label=_("Where"), help_text=_("A fair, the order form, a telephone call."), required=False
    )
    proof = Paragraphs(
        label=_("Proof"),
        max_length=2000,
        required=False,
        rows=2,
        help_text=_("What shows it later: the number of the form, the file of the call."),
    )
    at = Moment(label=_("When"), required=False, help_text=_("Empty: now."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marketing = queries.purposes().filter(is_service=False)
        choices: Any = self.fields
        choices["purpose"].queryset = marketing
        choices["wording"].queryset = queries.wordings_of(marketing)


class CaseForm(ActionForm):
    kind = forms.ChoiceField(label=_("What is asked"), choices=CaseKind.choices)
    received_on = Day(label=_("Received on"))
    received_by = Line(
        label=_("How it came"), required=False, help_text=_("By e-mail, by letter, in person.")
    )

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class IdentityForm(ActionForm):
    identity_by = Line(
        label=_("How do you know that it is the person?"),
        max_length=300,
        help_text=_("Answered from the known e-mail address; showed a passport."),
    )

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class BecauseForm(ActionForm):
    because = Line(label=_("Reason that the person is told"), max_length=500)

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class PurposeForm(ActionForm):
    name = Line(label=_("Name"), max_length=120)
    description = Paragraphs(
        label=_("In plain words"),
        max_length=1000,
        required=False,
        help_text=_("People read this on their page of choices."),
    )
    basis = forms.ChoiceField(label=_("Lawful basis"), choices=Basis.choices)
    is_service = forms.BooleanField(
        label=_("Service, not marketing"),
        required=False,
        help_text=_("What a contract needs: invoices, delivery notes. Nobody can opt out."),
    )
    double_opt_in = forms.BooleanField(
        label=_("Confirmed by the person again"),
        required=False,
        help_text=_("A consent counts once it is confirmed through the person's own link."),
    )
    months_valid = forms.IntegerField(
        label=_("Valid for months"), required=False, min_value=1, max_value=240
    )


class WordingForm(ActionForm):
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES[1:])
    text = Paragraphs(label=_("Wording"), max_length=4000, rows=4)
