"""A company's own fields on the forms of customers and contacts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mainstay.people import queries as people
from mainstay.shared.forms import ActionForm, Day, Line, LongSelect, Moment, Paragraphs

from . import queries, rules, words
from .models import Definition
from .reading import PREFIX, Reader
from .rules import LONGEST, Type


class WithCustomFields(ActionForm):
    """Mixed into a form about a record; `values()` gives what was filled in under `custom`."""

    SUBJECT = ""

    def add_custom_fields(self, user: Any, number: int | None) -> None:
        """Add the fields the user may fill, with what stands in them."""
        self.custom = {f"{PREFIX}{f.key}": f for f in queries.editable(user, self.SUBJECT)}
        fields = list(self.custom.values())
        known = queries.values_of(self.SUBJECT, [number], fields) if number and fields else {}
        standing = known.get(number or 0, {})
        for name, field in self.custom.items():
            self.fields[name] = form_field(field)
            self.initial.setdefault(name, typed(field, standing.get(field.key)))

    def custom_values(self) -> dict[str, Any]:
        """Return what was filled in, under the key by which the action takes it."""
        if not self.custom:
            return {}
        return {"custom": {f.key: self.cleaned_data.get(n) for n, f in self.custom.items()}}

    def custom_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields by their groups, those without group first."""
        groups: dict[str, list[forms.BoundField]] = {}
        for name, field in self.custom.items():
            groups.setdefault(field.group, []).append(self[name])
        return [(name or _("More about it"), found) for name, found in groups.items()]

    def both(self, current: Any) -> dict[str, tuple[Any, Any]]:
        """Return theirs and yours of the record's own fields and of the company's."""
        own = {n: v for n, v in self.values().items() if n != "custom"}
        pairs = {name: (getattr(current, name), value) for name, value in own.items()}
        fields = list(self.custom.values())
        standing = queries.values_of(self.SUBJECT, [current.pk], fields).get(current.pk, {})
        for name, field in self.custom.items():
            theirs, yours = standing.get(field.key), self.cleaned_data.get(name)
            if typed(field, theirs) != typed(field, _stored(field, yours)):
                pairs[name] = (words.shown(field, theirs), str(self[name].value() or ""))
        return pairs

    def without_custom(self) -> dict[str, Any]:
        """Return the cleaned data of the record's own fields."""
        return {name: v for name, v in self.written().items() if name not in self.custom}


def _stored(field: Definition, value: Any) -> Any:
    try:
        return Reader([field]).one(field.key, value)
    except ValidationError:
        return None


def form_field(field: Definition) -> forms.Field:
    """Return the form's field for a definition."""
    kind = Type(field.type)
    made: forms.Field = _MAKERS[kind](field)
    made.label, made.help_text = _label(field), field.help
    made.required = field.required
    return made


def typed(field: Definition, stored: Any) -> Any:
    """Return the stored value as the form's field takes it."""
    match Type(field.type):
        case Type.DECIMAL:
            return None if stored is None else rules.unscaled(stored, field.places)
        case Type.MONEY:
            return None if stored is None else rules.unscaled(stored, field.places)
        case Type.YES_NO:
            return "" if stored is None else str(stored)
        case Type.CHOICES:
            return [str(each) for each in stored or ()]
        case Type.USER:
            return getattr(stored, "pk", None)
        case _:
            return stored


def _label(field: Definition) -> str:
    return f"{field.label} ({field.currency})" if field.type == Type.MONEY else field.label


def _answers(field: Definition) -> list[tuple[str, str]]:
    return [(str(each.pk), each.label) for each in queries.answers(field)]


def _line(field: Definition) -> forms.Field:
    return Line(max_length=LONGEST[field.type])


def _amount(field: Definition) -> forms.Field:
    return forms.DecimalField(localize=True, max_digits=18, decimal_places=field.places)


def _colleague(_field: Definition) -> forms.Field:
    return forms.ModelChoiceField(queryset=people.owners(), widget=LongSelect, empty_label="–")


def _several(field: Definition) -> forms.Field:
    return forms.TypedMultipleChoiceField(
        choices=_answers(field), coerce=int, widget=forms.CheckboxSelectMultiple
    )


def _one(field: Definition) -> forms.Field:
    choices = [("", "–"), *_answers(field)]
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None)


def _yes_no(_field: Definition) -> forms.Field:
    said = [("", "–"), ("1", _("Yes")), ("0", _("No"))]
    return forms.TypedChoiceField(choices=said, coerce=lambda v: v == "1", empty_value=None)


_MAKERS: Mapping[Type, Any] = {
    Type.TEXT: _line,
    Type.URL: _line,
    Type.EMAIL: _line,
    Type.LONG_TEXT: lambda field: Paragraphs(),
    Type.WHOLE: lambda field: forms.IntegerField(localize=True),
    Type.DECIMAL: _amount,
    Type.MONEY: _amount,
    Type.YES_NO: _yes_no,
    Type.DAY: lambda field: Day(),
    Type.MOMENT: lambda field: Moment(),
    Type.CHOICE: _one,
    Type.CHOICES: _several,
    Type.USER: _colleague,
}
