"""One value for one field of many records: asked on a page, carried as text, read again."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.shared.forms import ActionForm, LongSelect

from . import queries, words
from .form_fields import form_field
from .models import Definition
from .reading import PREFIX, Reader


class FillForm(ActionForm):
    """Asks first for the field, then for what to write in it; nothing written empties it."""

    field = forms.ChoiceField(label=gettext_lazy("Field to fill in"), widget=LongSelect)

    def __init__(self, user: Any, data: Any) -> None:
        offered = {field.key: field for field in fillable(user)}
        chosen = self.chosen = offered.get(data.get("field", ""))
        typed = chosen is not None and data.get("typed") == chosen.key
        super().__init__(data if typed else None)
        choices = [(key, field.label) for key, field in offered.items()]
        self.fields["field"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            self.fields["field"].help_text = _("There is no field that you may fill in for many.")
        if chosen is not None:
            self._ask_for(chosen)

    def _ask_for(self, chosen: Definition) -> None:
        self.fields["field"].widget = forms.HiddenInput()
        self.fields["typed"] = forms.CharField(widget=forms.HiddenInput, initial=chosen.key)
        self.initial.update({"field": chosen.key, "typed": chosen.key})
        made = self.fields[f"{PREFIX}{chosen.key}"] = form_field(chosen)
        if not chosen.required:
            made.help_text = made.help_text or _("Left empty, the field is emptied.")

    @property
    def going_on(self) -> bool:
        """Answer whether the field itself is still to be chosen."""
        return self.chosen is None

    @property
    def complete(self) -> bool:
        return self.is_bound and self.is_valid()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        name = f"{PREFIX}{self.chosen.key}" if self.chosen else ""
        if self.chosen and name in given:
            try:
                stored = Reader([self.chosen]).one(self.chosen.key, given[name])
                self._written = written(self.chosen, stored)
            except ValidationError as refusal:
                self.add_error(name, refusal)
        return given

    def value(self) -> str:
        """Return what was filled in; only a complete form has it."""
        return self._written


def fillable(user: Any) -> list[Definition]:
    """Return the fields that may have the same value in many customers."""
    return [field for field in queries.editable(user, "customer") if not field.unique]


def written(field: Definition, stored: Any) -> str:
    """Return field and value as a job carries them."""
    return json.dumps({"field": field.key, "value": words.told(field, stored)})


def read(user: Any, value: str) -> tuple[Definition, Any]:
    """Return the field and what is stored, or raise what does not fit."""
    try:
        said = json.loads(value)
        key, typed = said["field"], said["value"]
    except (ValueError, TypeError, KeyError) as error:
        raise ValidationError(_("Choose the field and what to write in it.")) from error
    field = next((each for each in fillable(user) if each.key == key), None)
    if field is None:
        text = _("There is no field “%(key)s” that you may fill in.")
        raise ValidationError(text % {"key": str(key)[:80]})
    return field, Reader([field]).one(field.key, typed)
