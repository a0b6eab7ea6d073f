"""Forms of conversations."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.customers.choices import Channel, Direction, Outcome, Purpose
from mainstay.customers.profiling.asking import AsksNext
from mainstay.customers.talks import files, queries
from mainstay.people import queries as people
from mainstay.shared.forms import ActionForm, Day, Line, Moment, Paragraphs

NOT_SAID = ("", "–")
LONGEST_MINUTES = 24 * 60


class _RowsOnce(ModelChoiceIterator):  # type: ignore[type-arg]
    """The rows to choose from, fetched once for the menu and for asking whether there are any."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        yield from map(self.choice, self.queryset)


class Rows(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    iterator = _RowsOnce


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Uploads(forms.FileField):
    """Files of a kind and size that are kept."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        found = [super(Uploads, self).clean(each, initial) for each in given if each]
        for each in found:
            try:
                files.checked_name(each.name, each.size)
            except files.NotKept as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return found


class TalkForm(ActionForm):
    """A conversation; what is needed each time comes first."""

    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices)
    subject = Line(label=_("Subject"))
    contacts: Any = Rows(
        label=_("With"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    body = Paragraphs(
        label=_("Text"),
        required=False,
        help_text=_("**bold**, *italic*, - lists. @name tells a colleague."),
    )
    purpose = forms.ChoiceField(label=_("What it was"), choices=Purpose.choices, initial="talk")
    direction = forms.ChoiceField(
        label=_("Who began"), choices=[NOT_SAID, *Direction.choices], required=False
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[NOT_SAID, *Outcome.choices], required=False
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=1, max_value=LONGEST_MINUTES, localize=False
    )
    occurred_at = Moment(label=_("When"), required=False, help_text=_("Empty: now."))
    colleagues: Any = Rows(label=_("Of us also"), queryset=None, required=False)

    FIRST = ("channel", "subject", "contacts", "body")
    PEOPLE = ("contacts", "colleagues")

    def __init__(self, *args: Any, customer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contacts"].queryset = queries.contacts_for(customer)  # type: ignore[attr-defined]
        self.fields["colleagues"].queryset = people.named_owners()  # type: ignore[attr-defined]
        self.fields["colleagues"].widget.attrs["size"] = 4

    def values(self) -> dict[str, Any]:
        skipped = {*self.PEOPLE, "uploads", "next_step", "next_day"}
        values = {key: value for key, value in self.cleaned_data.items() if key not in skipped}
        if values["occurred_at"] is None:
            del values["occurred_at"]
        return values

    def arguments(self) -> dict[str, Any]:
        return {"values": self.values()} | {name: self.cleaned_data[name] for name in self.PEOPLE}


class NewTalkForm(AsksNext, TalkForm):
    """A conversation to note, with what follows from it and what was asked in it."""

    next_step = Line(label=_("Next step"), required=False, help_text=_("Becomes a task of yours."))
    next_day = Day(label=_("Until"), required=False)
    uploads = Uploads(label=_("Files"), required=False)

    def __init__(self, *args: Any, customer: Any, **kwargs: Any) -> None:
        super().__init__(*args, customer=customer, **kwargs)
        self.ask_next(customer, timezone.localdate())

    def values(self) -> dict[str, Any]:
        return {key: v for key, v in super().values().items() if key not in self.NAMES}

    def arguments(self) -> dict[str, Any]:
        title, day = (self.cleaned_data[name] for name in ("next_step", "next_day"))
        return super().arguments() | {
            "uploads": self.cleaned_data["uploads"],
            "next_task": {"title": title, "due_date": day} if title else None,
            "answered": self.answered(),
        }


class FilesForm(forms.Form):
    uploads = Uploads(label=_("Add files"))


class FilterForm(forms.Form):
    """What of a timeline to show."""

    kind = forms.ChoiceField(label=_("What"), required=False)
    person: Any = forms.ModelChoiceField(
        label=_("Who of us"), queryset=None, required=False, empty_label=_("Everybody")
    )
    channel = forms.ChoiceField(
        label=_("How"), required=False, choices=[("", _("All ways")), *Channel.choices]
    )
    words = Line(label=_("Words"), required=False, max_length=100)

    def __init__(self, *args: Any, kinds: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]
        for name in ("kind", "person", "channel"):
            self.fields[name].widget.attrs["class"] = "form-select form-select-sm"
        self.fields["person"].queryset = people.named_owners()  # type: ignore[attr-defined]
