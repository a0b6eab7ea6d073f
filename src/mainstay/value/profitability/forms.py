"""The forms about profitability: an activity, a decision, the day of a run."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.orders import queries as orders
from mainstay.people import queries as people
from mainstay.shared import money
from mainstay.shared.forms import ActionForm, Line, LongSelect, Paragraphs

LARGEST = Decimal(10) ** 12
STATES = [
    ("open", _("Open")),
    ("agreed", _("Agreed")),
    ("done", _("Done")),
    ("declined", _("Declined")),
]


class ActivityForm(ActionForm):
    name = Line(label=_("Name"), max_length=120)
    yearly_cost = forms.DecimalField(
        label=_("Cost per year"),
        min_value=0,
        max_value=LARGEST,
        localize=True,
        help_text=_("Wages, vehicles, fees: all that this work costs in a year."),
    )
    driver = forms.ChoiceField(
        label=_("Driver"),
        choices=lambda: [("", _("Choose what drives the cost")), *orders.drivers()],
        error_messages={"required": _("A cost needs a driver: choose what makes it necessary.")},
        help_text=_("What makes the work necessary. It is counted for each customer."),
    )
    capacity_hours = forms.FloatField(
        label=_("Capacity in hours per year"),
        required=False,
        min_value=0,
        localize=True,
        help_text=_("Hours that can really be worked, about 80 % of those paid for."),
    )
    unit_minutes = forms.FloatField(
        label=_("Minutes for one"),
        required=False,
        min_value=0,
        localize=True,
        help_text=_("Without times the whole cost is divided; with them unused capacity shows."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["yearly_cost"].label = _("Cost per year in %(currency)s") % {
            "currency": currency
        }

    def values(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in self.cleaned_data if name != "version"}
        cost = given.pop("yearly_cost")
        return given | {"yearly_cost_minor": int(cost.scaleb(money.digits(self.currency)))}


class DecisionForm(ActionForm):
    state = forms.ChoiceField(label=_("State"), choices=STATES)
    assignee: Any = forms.ModelChoiceField(
        label=_("Who sees to it"), queryset=None, required=False, widget=LongSelect
    )
    note = Paragraphs(
        label=_("Note"),
        max_length=2000,
        required=False,
        help_text=_("What was agreed, or why nothing is done."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people.owners()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("state", "assignee", "note")}
