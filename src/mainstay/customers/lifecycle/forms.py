"""Forms about stages: one customer's, and the rules for all."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.shared.forms import ActionForm, Day, Line

from .labels import LABELS


class StageForm(ActionForm):
    stage = forms.ChoiceField(label=_("Stage"), choices=list(LABELS.items()))
    reason = Line(
        label=_("Why"), max_length=500, help_text=_("Stands in the history, with your name.")
    )
    until_date = Day(
        label=_("Until"),
        required=False,
        help_text=_("The last day; then the facts decide again. Empty: until you end it."),
    )


def _number(label: Any, most: int, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=most, help_text=help_text)


class ThresholdsForm(ActionForm):
    client_orders = _number(
        _("Client: days with orders"),
        1000,
        _("From so many days on, a repeat customer is a client …"),
    )
    client_months = _number(
        _("Client: months"),
        600,
        _("… or when it has ordered again and its first order is so many months ago."),
    )
    advocate_recommendations = _number(
        _("Advocate: recommendations"), 1000, _("Customers that came by its recommendation.")
    )
    partner_recommendations = _number(
        _("Partner: recommendations"), 1000, _("Beside a contract that runs.")
    )
    inactive_intervals = _number(
        _("Inactive: own intervals"),
        100,
        _(
            "So many times its own mean interval passed without an order; known from three"
            " days with orders on, never less than 30 days."
        ),
    )
    inactive_days = _number(
        _("Inactive: days"), 10_000, _("Without an order, where too few orders tell no interval.")
    )
    former_days = _number(
        _("Former: days"),
        20_000,
        _("Without an order. A contract that ended with no order since makes former, too."),
    )
    window_months = _number(
        _("Funnel: months"),
        120,
        _("So long a customer has to reach the next stage; younger cohorts are left out."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
