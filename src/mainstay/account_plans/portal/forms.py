"""Forms of works, stages, invitations and replies; and the two that visitors fill in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mainstay.customers.todo import queries as todo
from mainstay.shared.forms import ActionForm, Day, Line, LongSelect, Paragraphs

from . import queries
from .actions import DAYS
from .choices import Mark, StageState


def _version() -> Any:
    return forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


class VersionedForm(ActionForm):
    """Hands the version that was read over beside the values."""

    def arguments(self) -> dict[str, Any]:
        values = self.values()
        return {"version": values.pop("version"), "values": values}


class WorkForm(VersionedForm):
    title = Line(label=_("What we do for them"), max_length=150)
    summary = Paragraphs(label=_("What it is about"), max_length=2000, rows=3, required=False)
    ours: Any = forms.ModelChoiceField(
        label=_("Who of us answers for it"), queryset=None, required=False, widget=LongSelect
    )
    theirs: Any = forms.ModelChoiceField(
        label=_("Who of them"), queryset=None, required=False, empty_label="–"
    )
    finished_on = Day(
        label=_("Finished on"),
        required=False,
        help_text=_("From then on their people can rate the whole work."),
    )
    shared = forms.BooleanField(
        label=_("Share with the customer"),
        required=False,
        help_text=_("Their invited people see title, text, both persons and the shared stages."),
    )
    version = _version()

    def __init__(self, *args: Any, customer: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = queries.present_people(customer, today)
        self.fields["theirs"].queryset = people  # type: ignore[attr-defined]
        self.fields["ours"].queryset = todo.assignees()  # type: ignore[attr-defined]


class StageForm(VersionedForm):
    title = Line(label=_("Stage"), max_length=150)
    state = forms.ChoiceField(label=_("State"), choices=StageState, initial=StageState.PLANNED)
    planned_from = Day(label=_("Planned from"), required=False)
    planned_until = Day(label=_("Planned until"), required=False)
    began_on = Day(label=_("Began on"), required=False)
    ended_on = Day(label=_("Ended on"), required=False)
    shared = forms.BooleanField(
        label=_("Share with the customer, once the work is"), required=False, initial=True
    )
    version = _version()


class GuestForm(ActionForm):
    contact = forms.TypedChoiceField(label=_("Person"), coerce=int)
    language = forms.ChoiceField(label=_("Language of the pages"))
    days = forms.TypedChoiceField(label=_("The link opens for"), coerce=int, initial=DAYS[1])

    def __init__(self, *args: Any, contacts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = contacts  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (n, ngettext("%(n)d day", "%(n)d days", n) % {"n": n}) for n in DAYS
        ]


class SharedActionForm(ActionForm):
    words = Line(
        label=_("What the customer reads"),
        help_text=_("Day, person and state come from the action; nothing else of it is shown."),
    )

    def arguments(self) -> dict[str, Any]:
        return self.values()


class ReplyForm(ActionForm):
    text = Paragraphs(label=_("Answer"), max_length=2000, rows=3)

    def arguments(self) -> dict[str, Any]:
        return self.values()


# -- what visitors fill in


class RemarkForm(ActionForm):
    text = Paragraphs(label=_("Your comment"), max_length=2000, rows=3)

    def arguments(self) -> dict[str, Any]:
        return self.values()


class OpinionForm(ActionForm):
    mark = forms.TypedChoiceField(
        label=_("How do you find it?"),
        coerce=int,
        choices=list(reversed(Mark.choices)),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five, then send.")},
    )
    words = Paragraphs(
        label=_("In your words (if you like)"), max_length=1000, rows=2, required=False
    )

    def arguments(self) -> dict[str, Any]:
        return self.values()
