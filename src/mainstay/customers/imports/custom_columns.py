"""The company's own fields as columns of a file of customers: what a cell may hold, by type."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.customers.custom_fields import queries, rules
from mainstay.customers.custom_fields.models import Definition
from mainstay.customers.custom_fields.rules import LIMITED, LONGEST, NUMBERS, Subject, Type
from mainstay.customers.imports.kinds import Column
from mainstay.engine.staging.fields import Field
from mainstay.engine.staging.fields import Type as Cell
from mainstay.people import queries as people

PREFIX = "custom_"
# Cells are read as floating point: up to here the last decimal place is still told apart.
LARGEST_SCALED = 10**14
LARGEST_WHOLE = 9 * 10**15
YES, NO = "✓", "–"
CELLS = {
    Type.WHOLE: Cell.INTEGER,
    Type.DECIMAL: Cell.NUMBER,
    Type.MONEY: Cell.NUMBER,
    Type.DAY: Cell.MOMENT,
    Type.MOMENT: Cell.MOMENT,
    Type.YES_NO: Cell.CHOICE,
    Type.CHOICE: Cell.CHOICE,
    Type.USER: Cell.CHOICE,
}


def name_of(field: Definition) -> str:
    return f"{PREFIX}{field.key}"


def mapped(names: frozenset[str]) -> list[Definition]:
    """Return the fields of customers that a file fills."""
    return [each for each in queries.definitions(Subject.CUSTOMER) if name_of(each) in names]


def columns(user: Any) -> list[Column]:
    """Return a column for each field that the user's role sees."""
    found = queries.visible(user, Subject.CUSTOMER)
    return [_column(each, look_only=not queries.may_fill(user, each)) for each in found]


def _column(field: Definition, *, look_only: bool) -> Column:
    return Column(
        field=_cell(field),
        label=f"{field.label} ({field.currency})" if field.currency else field.label,
        help=field.help,
        words=(field.label, field.key),
        problems=_problems(field),
        look_only=look_only,
    )


def _cell(field: Definition) -> Field:
    kind = Type(field.type)
    bounds: dict[str, Any] = {}
    if kind in NUMBERS:
        bounds["low"], bounds["high"] = _bounds(field)
    return Field(
        name_of(field),
        CELLS.get(kind, Cell.TEXT),
        max_length=LONGEST.get(kind, LONGEST[Type.LONG_TEXT]),
        choices={word: code for word, (code, _stored) in words(field).items()},
        paragraphs=kind == Type.LONG_TEXT,
        **bounds,
    )


def _bounds(field: Definition) -> tuple[float, float]:
    """Return between what a number lies: the field's limits, else what can be read exactly."""
    whole = field.type == Type.WHOLE
    most = LARGEST_WHOLE if whole else LARGEST_SCALED
    low, high = limits(field)
    ends = (-most if low is None else max(low, -most), most if high is None else min(high, most))
    return float(rules.unscaled(ends[0], field.places)), float(
        rules.unscaled(ends[1], field.places)
    )


def limits(field: Definition) -> tuple[Any, Any]:
    """Return the smallest and the largest value as they are stored, None where there is none."""
    spec = queries.spec(field)
    return rules.limit(spec, field.low), rules.limit(spec, field.high)


def words(field: Definition) -> dict[str, tuple[str, int]]:
    """Return what a cell may say, in lower case: as the preview shows it and as it is stored.

    A colleague is named by address, or by a name that only one has.
    """
    match Type(field.type):
        case Type.YES_NO:
            said = dict.fromkeys(rules.YES, (YES, 1)) | dict.fromkeys(rules.NO, (NO, 0))
            return said | {_("Yes").lower(): (YES, 1), _("No").lower(): (NO, 0)}
        case Type.CHOICE:
            return {each.label.lower(): (each.label, each.pk) for each in queries.answers(field)}
        case Type.USER:
            return _colleagues()
        case _:
            return {}


def _colleagues() -> dict[str, tuple[str, int]]:
    everybody = [(each.pk, each.email, each.name.lower()) for each in people.named_owners()]
    names = [name for _pk, _email, name in everybody]
    known = {name: (email, pk) for pk, email, name in everybody if names.count(name) == 1}
    return known | {email.lower(): (email, pk) for pk, email, _name in everybody}


def _problems(field: Definition) -> dict[str, tuple[str, str]]:
    """Return what to say where a value does not fit, beyond what is said of every column."""
    named = {"field": field.label, "places": field.places, "low": field.low, "high": field.high}
    answers = ", ".join(each.label for each in queries.answers(field))[:200]
    alike = _("Another customer has the same in “%(field)s”, where no two may be alike.") % named
    found = {"alike": (alike, _("Correct one of the two, or leave the cell empty."))}
    if field.type in LIMITED and (field.low or field.high):
        outside = _("The value lies outside the limits of “%(field)s”.") % named
        found["range"] = (outside, _limits_told(field) % named)
    match Type(field.type):
        case Type.CHOICE | Type.CHOICES:
            answer = _("This is not an answer of “%(field)s”.") % named
            found["choice"] = (answer, _("Write one of: %(answers)s.") % {"answers": answers})
        case Type.YES_NO:
            found["choice"] = (_("This is neither yes nor no."), _("Write yes or no."))
        case Type.USER:
            nobody = _("Nobody who works here has this name or address.")
            found["choice"] = (nobody, _("Write the e-mail address they sign in with."))
        case Type.URL:
            bad = _("This is not a web address.")
            found["url"] = (bad, _("Write it like https://example.com."))
        case Type.DECIMAL | Type.MONEY:
            more = _("The number has more decimal places than “%(field)s” takes.") % named
            found["places"] = (more, _("Write at most %(places)d decimal places.") % named)
    return found


def _limits_told(field: Definition) -> str:
    if not field.high:
        return _("Write %(low)s or more.")
    return (
        _("Write a value from %(low)s to %(high)s.") if field.low else _("Write %(high)s or less.")
    )
