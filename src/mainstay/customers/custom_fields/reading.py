"""What people, files and programs write into custom fields, made storable or refused."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mainstay.people import queries as people
from mainstay.shared.fields import refuse_control_characters

from . import queries, rules
from .models import Definition
from .rules import LISTED, Refused, Type
from .words import sentence

PREFIX = "custom_"


class Reader:
    """Reads values of the fields given; looks colleagues and answers up once."""

    def __init__(self, fields: Sequence[Definition]) -> None:
        self.fields = {field.key: field for field in fields}
        self._specs = {key: queries.spec(field) for key, field in self.fields.items()}
        self._answers = {key: _by_label(field) for key, field in self.fields.items()}

    def read(self, typed: Mapping[str, Any], *, whole: bool = False) -> dict[str, Any]:
        """Return what is stored for each field named; raise for all that do not fit.

        With `whole` the record is new: what is required and not named is refused too.
        """
        stored: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        missing = {key: None for key, field in self.fields.items() if whole and field.required}
        for key, value in {**missing, **typed}.items():
            try:
                stored[key] = self.one(key, value)
            except ValidationError as refusal:
                errors[f"{PREFIX}{key}"] = refusal
        if errors:
            raise ValidationError(errors)
        return stored

    def one(self, key: str, value: Any) -> Any:
        """Return what is stored for one field, or raise the sentence."""
        field = self.fields.get(key)
        if field is None:
            text = _("There is no field “%(key)s” that you may fill in.")
            raise ValidationError(text % {"key": str(key)[:80]})
        try:
            found = rules.parsed(self._specs[key], self._meant(field, value))
        except Refused as refusal:
            raise ValidationError(sentence(field, refusal), code=refusal.flaw) from refusal
        if isinstance(found, str):
            refuse_control_characters(found)
        return found

    def _meant(self, field: Definition, value: Any) -> Any:
        """Return answers and colleagues by number where they are named."""
        if field.type in LISTED:
            labels = self._answers[field.key]
            return _each(value, lambda one: labels.get(one.strip().casefold(), one))
        if field.type == Type.USER and isinstance(value, str) and value.strip():
            return self._colleagues.get(value.strip().lower(), value)
        return value

    @cached_property
    def _colleagues(self) -> dict[str, Any]:
        return {each.email.lower(): each for each in people.owners()}


def _each(value: Any, meant: Any) -> Any:
    if isinstance(value, list | tuple):
        return [meant(one) if isinstance(one, str) and one else one for one in value]
    return meant(value) if isinstance(value, str) and value.strip() else value


def _by_label(field: Definition) -> dict[str, int]:
    return {each.label.casefold(): each.pk for each in queries.answers(field)}
