"""Forms of tasks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries as customers
from mainstay.customers.todo import queries
from mainstay.shared.forms import ActionForm, Day, Line, LongSelect, Paragraphs

PRIORITIES = [(1, _("High")), (5, _("Normal")), (9, _("Low"))]
UNITS = [("", "–"), ("day", _("days")), ("week", _("weeks")), ("month", _("months"))]
REMINDERS = [
    ("", _("not at all")),
    ("0", _("when it is due")),
    ("60", _("an hour before")),
    ("1440", _("a day before")),
    ("10080", _("a week before")),
]
LONGEST_STEP = 99


class TaskForm(ActionForm):
    title = Line(label=_("What is to be done"))
    due_date = Day(label=_("Until"), required=False)
    due_time = forms.TimeField(
        label=_("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("In the time zone of who does it."),
    )
    assignee: Any = forms.ModelChoiceField(
        label=_("Who does it"), queryset=None, required=False, widget=LongSelect
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=PRIORITIES, coerce=int, initial=5
    )
    contact: Any = forms.ModelChoiceField(
        label=_("With"), queryset=None, required=False, empty_label="–"
    )
    remind = forms.TypedChoiceField(
        label=_("Remind"), choices=REMINDERS, required=False, coerce=int, empty_value=None
    )
    repeat_every = forms.IntegerField(
        label=_("Comes again every"),
        required=False,
        min_value=1,
        max_value=LONGEST_STEP,
        localize=False,
    )
    repeat_unit = forms.ChoiceField(label=_("Days, weeks or months"), choices=UNITS, required=False)
    notes = Paragraphs(label=_("Notes"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, customer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customer = customer
        self.fields["assignee"].queryset = queries.assignees()  # type: ignore[attr-defined]
        if customer is None:
            del self.fields["contact"]
        else:
            known = customers.contacts_at(customer).order_by("sort_name", "pk")
            self.fields["contact"].queryset = known  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        values = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        return values | {"customer": self.customer}


class WhoseForm(forms.Form):
    """Whose tasks to show."""

    of: Any = forms.ModelChoiceField(
        label=_("Whose"), queryset=None, required=False, widget=LongSelect, empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].queryset = queries.assignees()  # type: ignore[attr-defined]
