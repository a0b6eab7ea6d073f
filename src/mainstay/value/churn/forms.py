"""Forms about the rule, reasons, notes and cases."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.shared.forms import ActionForm, Amount, Day, Line, Paragraphs, Percent, set_currency

from .choices import LossKind, Typical
from .rules import RULE_FIELDS


class Versioned(ActionForm):
    """A form whose data are refused if somebody else saved meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class RuleForm(Versioned):
    kind = forms.ChoiceField(
        label=_("A customer is lost by"),
        choices=LossKind.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Only the numbers of the rule you choose count. Days of grace also join contracts that"
            " follow each other, on the page of renewals."
        ),
    )
    k = forms.FloatField(
        label=_("How many intervals without an order"),
        min_value=1,
        max_value=100,
        localize=True,
        help_text=_("Of the customer's own rhythm: 3 for one who buys monthly are three months."),
    )
    typical = forms.ChoiceField(
        label=_("A customer's interval is"),
        choices=Typical.choices,
        help_text=_("Of the days between purchases. Who bought once is given the base's median."),
    )
    floor_days = forms.IntegerField(
        label=_("Shortest interval, days"),
        min_value=1,
        max_value=3650,
        help_text=_("So that nobody who buys daily is lost after a week."),
    )
    grace_days = forms.IntegerField(
        label=_("Days of grace between contracts"),
        min_value=0,
        max_value=3650,
        help_text=_("A new contract within these days goes on with the old one."),
    )
    threshold = Percent(
        label=_("P(alive) under, %"),
        help_text=_("By the model of purchases; the loss is dated on the last purchase."),
    )


def rule_form(data: Any, rule: Any) -> RuleForm:
    """Return the form with the rule as it stands; the shipped one has no version yet."""
    initial = {name: getattr(rule, name) for name in RULE_FIELDS}
    return RuleForm(data, initial=initial | {"version": rule.pk and rule.version})


class ReasonForm(ActionForm):
    name = Line(label=_("Reason"))


class NoteForm(ActionForm):
    reason = forms.ChoiceField(label=_("Why the customer left"))
    noted_on = Day(label=_("Found out on"))
    text = Paragraphs(label=_("What was said"), required=False, max_length=2000)

    def __init__(self, *args: Any, reasons: dict[str, str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["noted_on"].initial = today
        self.fields["reason"].choices = list(reasons.items())  # type: ignore[attr-defined]


class CaseForm(Versioned):
    name = Line(label=_("Name"), max_length=120)
    note = Paragraphs(label=_("What is to be done"), required=False, max_length=2000)
    cost_once_minor = Amount(label=_("Cost once"), min_value=0)
    cost_yearly_minor = Amount(label=_("Cost a year"), min_value=0)
    points_low = Percent(
        label=_("Points of retention gained, at least"),
        help_text=_("One point: of 100 customers one more stays a year."),
    )
    points = Percent(label=_("Points of retention gained, expected"))
    points_high = Percent(label=_("Points of retention gained, at most"))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_currency(self, currency)
