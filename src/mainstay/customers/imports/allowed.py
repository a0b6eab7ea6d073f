"""Which columns of a kind a user may fill: the allow-list of fields holds for files too.

Policy: what is hidden from a role is not there in the mapping; what it only looks at stands there
and cannot be chosen. Checked again whenever somebody maps, checks or imports.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from mainstay.customers.imports import kinds
from mainstay.customers.imports.kinds import Column, Kind
from mainstay.people.permissions import HIDDEN, field_rules


class NotAllowed(Exception):
    """The user may not fill a field that was asked for; the text names it."""


def kind_for(user: Any, key: str) -> Kind:
    """Return the kind with the columns that the user sees; the program itself, None, sees all."""
    kind = kinds.known(key)
    return replace(kind, columns=(*_own(kind, user), *kind.more(user)))


def _own(kind: Kind, user: Any) -> Iterator[Column]:
    for column in kind.columns:
        filled = kind.fills.get(column.field.name, ())
        rules = {field_rules(user, model).get(name) for model, name in filled} - {None}
        if HIDDEN not in rules:
            yield replace(column, look_only=True) if rules else column


def fillable(kind: Kind) -> Kind:
    """Return the kind without the columns that the user only looks at."""
    return replace(kind, columns=tuple(each for each in kind.columns if not each.look_only))


def refuse(kind: Kind, names: Iterable[str]) -> None:
    """Raise a sentence for the first name that is no field of the kind, or only looked at."""
    known = {column.field.name: column for column in kind.columns}
    for name in names:
        if name not in known:
            text = _("The file fills a field that you do not have here. Look at the mapping again.")
            raise NotAllowed(text)
        if known[name].look_only:
            text = _("Your role may not change “%(field)s”. Leave it out, or ask an administrator.")
            raise NotAllowed(text % {"field": known[name].label})
