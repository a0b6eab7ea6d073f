"""The forms by which an administrator says what a field is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.people import queries as people
from mainstay.shared.forms import ActionForm, Line, LongSelect, Paragraphs

from . import queries
from .rules import LIMITED, LISTED, MOST_PLACES, UNIQUE, Type

NAMES = ("label", "help", "group", "required", "unique", "low", "high", "places", "currency")
ROLES = ("seen_by", "edited_by")


class FieldForm(ActionForm):
    """What a field is called, what fits into it and who sees it; only what its type can have."""

    label = Line(label=_("Name"), max_length=80, help_text=_("As it stands on forms and lists."))
    answers = Paragraphs(label=_("Answers"), rows=6, help_text=_("One per line, in their order."))
    currency = forms.ChoiceField(label=_("Currency"), widget=LongSelect)
    places = forms.IntegerField(label=_("Decimal places"), min_value=1, max_value=MOST_PLACES)
    low = Line(label=_("Smallest"), max_length=40, required=False)
    high = Line(label=_("Largest"), max_length=40, required=False)
    help = Line(
        label=_("Help text"), required=False, help_text=_("Stands below the field on forms.")
    )
    group = Line(
        label=_("Group"),
        max_length=80,
        required=False,
        help_text=_("Fields of one group stand together, under its name."),
    )
    required = forms.BooleanField(
        label=_("Must be filled in"),
        required=False,
        help_text=_("Asked whenever somebody adds or changes a record by hand."),
    )
    unique = forms.BooleanField(label=_("No two records may have the same"), required=False)
    seen_by = forms.MultipleChoiceField(
        label=_("Seen by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: whoever sees the record. Administrators always."),
    )
    edited_by = forms.MultipleChoiceField(
        label=_("Filled in by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: whoever sees the field and may edit the record."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, type: str, field: Any = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._keep_what_fits(Type(type))
        roles = [(key, label) for key, label in people.role_choices() if key != "administrator"]
        for name in ROLES:
            self.fields[name].choices = roles  # type: ignore[attr-defined]
        if "currency" in self.fields:
            codes = [(code, code) for code in sorted(people.currencies())]
            self.fields["currency"].choices = codes  # type: ignore[attr-defined]
            self.initial.setdefault("currency", people.company().currency)
            self.fields["currency"].disabled = field is not None
        if "places" in self.fields:
            self.initial.setdefault("places", 2)
            self.fields["places"].disabled = field is not None

    def _keep_what_fits(self, kind: Type) -> None:
        fits = {
            "answers": kind in LISTED,
            "currency": kind == Type.MONEY,
            "places": kind == Type.DECIMAL,
            "low": kind in LIMITED,
            "high": kind in LIMITED,
            "unique": kind in UNIQUE,
        }
        for name, wanted in fits.items():
            if not wanted:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        del values["version"]
        if "answers" in values:
            values["answers"] = values["answers"].splitlines()
        return values


def initial(field: Any) -> dict[str, Any]:
    """Return what the form of an existing field begins with."""
    answers = "\n".join(each.label for each in queries.answers(field))
    own = {name: getattr(field, name) for name in (*NAMES, *ROLES)}
    return own | {"answers": answers, "version": field.version}
