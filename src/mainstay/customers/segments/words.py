"""A rule in plain language: "class A, no order in the last 90 days, complaint"."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.people.queries import company
from mainstay.shared.money import digits
from mainstay.shared.templatetags import figures

from .fields import Field, Kind
from .tree import WINDOWED, Condition, Group


def reading(node: Condition | Group) -> str:
    """Return the whole rule as one sentence without its full stop."""
    return capital(_said(node, outermost=True))


def capital(said: str) -> str:
    """Return what is said with a capital at its beginning."""
    return said[:1].upper() + said[1:]


def _said(node: Condition | Group, *, outermost: bool = False) -> str:
    if isinstance(node, Condition):
        return condition(node)
    parts = [_said(part) for part in node.parts]
    if node.match == "none":
        return _("none of: %(parts)s") % {"parts": _bound(_(" or ").join(parts), outermost)}
    joined = (", " if node.match == "all" else _(" or ")).join(parts)
    return _bound(joined, outermost or len(parts) == 1)


def _bound(text: str, free: bool) -> str:
    return text if free else f"({text})"


def condition(node: Condition) -> str:
    """Return one condition in words."""
    known = {
        "what": _what(node),
        "value": _value(node.field, node.value),
        "other": _value(node.field, node.other),
    }
    said = str(node.operator.phrase) % known
    if node.field.kind not in WINDOWED:
        return said
    if node.days is None:
        return _("%(said)s ever") % {"said": said}
    window = ngettext("%(said)s in the last day", "%(said)s in the last %(days)d days", node.days)
    return window % {"said": said, "days": node.days}


def _what(node: Condition) -> str:
    label = _lowered(str(node.field.label))
    if not node.of:
        return label
    return f"{label} {_lowered(str(node.field.detail_label))} {_choices(node.field, node.of)}"


def _lowered(label: str) -> str:
    """Return the label as it stands within a sentence: CLV stays CLV."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _value(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return _choices(field, value)
    if isinstance(value, date):
        return figures.day(value)
    if isinstance(value, str):
        return value
    if field.kind is Kind.MONEY or field.money:
        currency = company().currency
        return figures.money_round(value * 10 ** digits(currency), currency)
    if field.kind is Kind.SHARE:
        return figures.percent(value / 100, 0 if value == int(value) else 1)
    return figures.number(value, 0 if value == int(value) else 2)


def _choices(field: Field, chosen: tuple[str, ...]) -> str:
    labels = {key: str(label) for key, label in field.choices()} if field.choices else {}
    return _(" or ").join(labels.get(each, each) for each in chosen)
