"""Forms of a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.account_plans.action_plans.forms import PlanForm
from mainstay.customers import queries as customers
from mainstay.people import queries as people
from mainstay.shared.forms import ActionForm, Day, Line, Paragraphs

from . import queries

MOST_OFFERED = 60
LONGEST_NAME = 150


def _people(label: Any, help_text: Any = "") -> Any:
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class MeetingForm(ActionForm):
    held_on = Day(label=_("Day"))
    place = Line(label=_("Place"), max_length=120, required=False)
    ours = _people(_("Of us"))
    theirs = _people(_("Of the customer"))
    others = Paragraphs(label=_("Others, one a line"), max_length=2000, rows=2, required=False)

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours, theirs = self.fields["ours"], self.fields["theirs"]
        staff = people.named_owners().filter(pk__in=queries.staff_at(account))
        ours.queryset = staff.order_by("name", "pk")  # type: ignore[attr-defined]
        known = customers.contacts_at(account.customer).order_by("sort_name", "pk")
        theirs.queryset = known  # type: ignore[attr-defined]

    def clean_others(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["others"].splitlines()]
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(_("Write one name a line, of 150 characters at most."))
        return [name for name in names if name]


class ChangedMeetingForm(MeetingForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def arguments(self) -> dict[str, Any]:
        values = self.values()
        return {"version": values.pop("version"), "values": values}


class PointForm(ActionForm):
    text = Paragraphs(label=_("Point"), max_length=1000, rows=2, required=False)
    note = Paragraphs(label=_("What was said"), max_length=3000, rows=3, required=False)
    is_inside = forms.BooleanField(
        label=_("Among us only: not on the customer’s paper"), required=False
    )


class DecisionForm(PlanForm):
    title = Line(label=_("What was decided"))
    due_date = Day(label=_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].required = True
        self.fields["assignee"].label = _("Who sees to it")


class MinutesForm(ActionForm):
    minutes = Paragraphs(
        label=_("Minutes of the meeting"), max_length=20_000, rows=8, required=False
    )
