"""How a field can be asked: the operators of each kind, and what they take."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from .fields import Field, Kind


class Takes(StrEnum):
    """What stands behind an operator."""

    NOTHING = "nothing"
    TEXT = "text"
    NUMBER = "number"
    TWO_NUMBERS = "two_numbers"
    DAYS = "days"  # a number of days
    DAY = "day"
    TWO_DAYS = "two_days"
    CHOICES = "choices"


@dataclass(frozen=True)
class Operator:
    """`phrase` tells the condition: of %(what)s, and what it takes as %(value)s and %(other)s."""

    key: str
    label: StrOrPromise
    takes: Takes
    phrase: StrOrPromise


EMPTY = Operator("empty", _("is empty"), Takes.NOTHING, _("%(what)s is empty"))
FILLED = Operator("filled", _("is filled in"), Takes.NOTHING, _("%(what)s is filled in"))
AT_LEAST = Operator("at_least", _("at least"), Takes.NUMBER, _("%(what)s at least %(value)s"))
AT_MOST = Operator("at_most", _("at most"), Takes.NUMBER, _("%(what)s at most %(value)s"))
NUMBERS = (
    AT_LEAST,
    AT_MOST,
    Operator("over", _("more than"), Takes.NUMBER, _("%(what)s more than %(value)s")),
    Operator("under", _("less than"), Takes.NUMBER, _("%(what)s less than %(value)s")),
    Operator("between", _("between"), Takes.TWO_NUMBERS, _("%(what)s from %(value)s to %(other)s")),
    EMPTY,
    FILLED,
)
COUNTED = (
    Operator("some", _("at least once"), Takes.NOTHING, _("%(what)s")),
    Operator("none", _("not once"), Takes.NOTHING, _("no %(what)s")),
    Operator("at_least", _("at least … times"), Takes.NUMBER, _("%(what)s at least %(value)s ×")),
    Operator("at_most", _("at most … times"), Takes.NUMBER, _("%(what)s at most %(value)s ×")),
)
OPERATORS: dict[Kind, tuple[Operator, ...]] = {
    Kind.TEXT: (
        Operator("is", _("is"), Takes.TEXT, _("%(what)s “%(value)s”")),
        Operator("is_not", _("is not"), Takes.TEXT, _("%(what)s not “%(value)s”")),
        Operator("contains", _("contains"), Takes.TEXT, _("%(what)s with “%(value)s” in it")),
        EMPTY,
        FILLED,
    ),
    Kind.NUMBER: NUMBERS,
    Kind.MONEY: NUMBERS,
    Kind.SHARE: NUMBERS,
    Kind.DAY: (
        Operator(
            "last", _("in the last … days"), Takes.DAYS, _("%(what)s in the last %(value)s days")
        ),
        Operator(
            "before_last", _("longer ago than … days"), Takes.DAYS,
            _("%(what)s more than %(value)s days ago"),
        ),
        Operator(
            "next", _("in the next … days"), Takes.DAYS, _("%(what)s in the next %(value)s days")
        ),
        Operator("since", _("on or after"), Takes.DAY, _("%(what)s since %(value)s")),
        Operator("until", _("on or before"), Takes.DAY, _("%(what)s until %(value)s")),
        Operator(
            "between", _("between"), Takes.TWO_DAYS, _("%(what)s from %(value)s to %(other)s")
        ),
        EMPTY,
        FILLED,
    ),
    Kind.CHOICE: (
        Operator("is", _("is one of"), Takes.CHOICES, _("%(what)s %(value)s")),
        Operator("is_not", _("is none of"), Takes.CHOICES, _("%(what)s not %(value)s")),
        EMPTY,
        FILLED,
    ),
    Kind.FLAG: (
        Operator("yes", _("yes"), Takes.NOTHING, _("%(what)s")),
        Operator("no", _("no"), Takes.NOTHING, _("not %(what)s")),
    ),
    Kind.EVENT: COUNTED,
    Kind.SUM: (AT_LEAST, AT_MOST),
}  # fmt: skip


def offered(field: Field) -> list[Operator]:
    """Return the ways in which the field can be asked."""
    return [each for each in OPERATORS[field.kind] if not field.only or each.key in field.only]


def operator(field: Field, key: str) -> Operator | None:
    return next((each for each in offered(field) if each.key == key), None)
