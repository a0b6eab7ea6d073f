"""Custom values as people read them, as programs do, and why one is refused."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mainstay.shared import money
from mainstay.shared.templatetags import figures

from . import queries, rules
from .models import Definition
from .rules import Flaw, Refused, Type

LONGEST_SHOWN = 80


def shown(field: Definition, stored: Any) -> str:
    """Return the value in the reader's language; empty for nothing."""
    if stored is None or stored == ():
        return ""
    match field.type:
        case Type.YES_NO:
            return _("Yes") if stored else _("No")
        case Type.MONEY:
            return money.written(stored, field.currency)
        case Type.WHOLE | Type.DECIMAL:
            return figures.number(rules.unscaled(stored, field.places), field.places)
        case Type.DAY:
            return figures.day(stored)
        case Type.MOMENT:
            return figures.moment(stored)
        case Type.CHOICE | Type.CHOICES:
            return ", ".join(_labels(field, stored))
        case _:
            return str(stored)


def told(field: Definition, stored: Any) -> Any:
    """Return the value for programs: numbers exact as text, answers and colleagues by name."""
    if stored is None or stored == ():
        return [] if field.type == Type.CHOICES else None
    match field.type:
        case Type.YES_NO:
            return bool(stored)
        case Type.MONEY | Type.DECIMAL:
            return str(rules.unscaled(stored, field.places))
        case Type.DAY | Type.MOMENT:
            return stored.isoformat()
        case Type.CHOICE | Type.CHOICES:
            labels = _labels(field, stored)
            return labels if field.type == Type.CHOICES else labels[0]
        case _:
            return stored.email if field.type == Type.USER else stored


def recorded(field: Definition, stored: Any) -> Any:
    """Return the value as the history keeps it, in every language the same."""
    found = told(field, stored)
    return f"{found} {field.currency}" if field.type == Type.MONEY and found else found


def _labels(field: Definition, stored: Any) -> list[str]:
    known = {each.pk: each.label for each in queries.field_answers(field)}
    many = stored if isinstance(stored, tuple) else (stored,)
    return [known[number] for number in many if number in known]


def sentence(field: Definition, refusal: Refused) -> str:
    """Say why a value is refused and what to do."""
    value = {"value": refusal.value[:LONGEST_SHOWN], "field": field.label}
    match refusal.flaw:
        case Flaw.REQUIRED:
            return _("Fill in “%(field)s”.") % value
        case Flaw.LONG:
            return _("At most %(value)s characters fit into “%(field)s”; shorten it.") % value
        case Flaw.PLACES:
            text = _("“%(value)s” has more than %(places)d decimal places; write no more.")
            return text % {**value, "places": field.places}
        case Flaw.LOW:
            return _("“%(field)s” is at least %(value)s.") % value
        case Flaw.HIGH:
            return _("“%(field)s” is at most %(value)s.") % value
        case Flaw.CHOICE:
            return _not_listed(field, value)
        case _:
            return str(_SHAPES[Type(field.type)]()) % value


def _not_listed(field: Definition, value: dict[str, str]) -> str:
    labels = [each.label for each in queries.answers(field)]
    text = _("“%(value)s” is not an answer of “%(field)s”; write one of: %(answers)s.")
    return text % {**value, "answers": ", ".join(labels)[:200] or "–"}


def not_alike(field: Definition, value: str) -> ValidationError:
    text = _("Another record has “%(value)s” in “%(field)s” already; no two may be alike.")
    shown_value = {"value": value[:LONGEST_SHOWN], "field": field.label}
    return ValidationError(text % shown_value, code="unique")


_SHAPES: dict[Type, Any] = {
    Type.TEXT: lambda: _("“%(field)s” is one line of text; leave out line breaks."),
    Type.LONG_TEXT: lambda: _("“%(value)s” is not a text."),
    Type.WHOLE: lambda: _("“%(value)s” is not a whole number; write digits only, like 250."),
    Type.DECIMAL: lambda: _("“%(value)s” is not a number; write it like 12.5."),
    Type.MONEY: lambda: _("“%(value)s” is not an amount; write it like 1250.00."),
    Type.YES_NO: lambda: _("“%(value)s” is neither yes nor no."),
    Type.DAY: lambda: _("“%(value)s” is not a day; write it as 2026-03-05."),
    Type.MOMENT: lambda: _(
        "“%(value)s” is not a moment; write it with its time zone, like 2026-03-05T10:00+01:00."
    ),
    Type.CHOICE: lambda: _("“%(value)s” is not an answer of “%(field)s”."),
    Type.CHOICES: lambda: _("“%(value)s” is not an answer of “%(field)s”."),
    Type.USER: lambda: _(
        "“%(value)s” is nobody who works here; write the e-mail they sign in with."
    ),
    Type.URL: lambda: _("“%(value)s” is not a web address; write it like https://example.com."),
    Type.EMAIL: lambda: _("“%(value)s” is not an e-mail address; write it like anna@example.com."),
}
