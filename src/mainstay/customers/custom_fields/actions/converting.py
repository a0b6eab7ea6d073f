"""Changing a field's type: only where nothing that was written is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _

from mainstay.customers.custom_fields import queries
from mainstay.customers.custom_fields.models import Choice, Definition
from mainstay.customers.custom_fields.reading import Reader
from mainstay.customers.custom_fields.rules import CHECKED, SAFE, UNIQUE, Type
from mainstay.customers.custom_fields.words import told
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions

from . import writing
from .alike import mark
from .fields import RIGHT

EXAMPLES = 5
AT_ONCE = 1000
LONGEST_ANSWER = 80


@dataclass(frozen=True)
class Preview:
    """What a change of type would do: how many values there are, and which would be lost."""

    total: int
    lost: int
    examples: tuple[str, ...]

    @property
    def kept(self) -> int:
        return self.total - self.lost


def possible(field: Definition) -> list[Type]:
    """Return the types that the field may become, as far as its values allow."""
    kind = Type(field.type)
    reachable = SAFE.get(kind, frozenset()) | CHECKED.get(kind, frozenset())
    return [each for each in Type if each in reachable]


def preview(field: Definition, to: str) -> Preview:
    """Return what of the field's values the other type could hold; nothing is written."""
    target = _target(field, to)
    lost, total, examples = 0, 0, []
    for part in _parts(field):
        for value in part.values():
            total += 1
            if _converted(field, target, value) is None:
                lost += 1
                examples.append(str(told(field, value))[:80])
    return Preview(total, lost, tuple(dict.fromkeys(examples))[:EXAMPLES])


@transaction.atomic
def convert(*, by: Any, now: datetime, field: Definition, to: str) -> Definition:
    """Give the field another type and bring its values over; refused if one would be lost."""
    if by is not None:
        require(by, RIGHT)
    row: Definition = versions.locked(queries.every(), field.pk, None)
    found = preview(row, to)
    if found.lost:
        text = _("%(lost)d of %(total)d values cannot be kept, like “%(value)s”; correct them.")
        about = {"lost": found.lost, "total": found.total, "value": found.examples[0]}
        raise ValidationError({"type": text % about})
    before, target = row.type, _target(row, to)
    parts = [
        {number: _converted(row, target, value) for number, value in part.items()}
        for part in _parts(row)
    ]
    _become(row, target)
    model = queries.MODELS[row.subject]
    model.objects.filter(field=row).delete()
    for part in parts:
        writing.insert(row.subject, row, _with_answers(row, part))
    mark(row)
    record(
        by=by,
        verb="custom_field.converted",
        target=row,
        old={"type": before},
        new={"type": row.type, "values": found.total},
        now=now,
    )
    return row


def _target(field: Definition, to: str) -> Definition:
    """Return the field as it would be; raise for a type it cannot become."""
    if to not in possible(field):
        text = _("This type cannot become that one without loss; add another field instead.")
        raise ValidationError({"type": text})
    places = {Type.DECIMAL: max(field.places, 2)}.get(Type(to), 0)
    target = Definition(subject=field.subject, key=field.key, label=field.label, type=to)
    target.places = places
    target.answers = []  # type: ignore[attr-defined]
    return target


def _become(field: Definition, target: Definition) -> None:
    field.type, field.places, field.currency = target.type, target.places, ""
    field.low = field.high = ""
    field.unique = field.unique and Type(field.type) in UNIQUE
    field.version += 1
    field.save()
    field.__dict__.pop("answers", None)


def _parts(field: Definition) -> Iterator[dict[int, Any]]:
    """Yield the values of the field by record, a thousand at a time."""
    rows = queries.MODELS[field.subject].objects.filter(field=field)
    numbers = sorted(set(rows.values_list(field.subject, flat=True)))
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        found = queries.values_of(field.subject, part, [field])
        yield {number: stored[field.key] for number, stored in found.items()}


def _converted(field: Definition, target: Definition, value: Any) -> Any:
    """Return the value in the other type; None where it cannot be kept."""
    match Type(field.type), Type(target.type):
        case (Type.CHOICE, Type.CHOICES):
            return (value,)
        case (Type.CHOICES, Type.CHOICE):
            return value[0] if len(value) == 1 else None
        case (Type.DAY, Type.MOMENT):
            return make_aware(datetime.combine(value, time.min))
        case (Type.MOMENT, Type.DAY):
            return _only_day(value)
        case (_, Type.CHOICE):
            return str(value) if len(value) <= LONGEST_ANSWER else None
    try:
        return Reader([target]).one(target.key, _written(field, value))
    except ValidationError:
        return None


def _only_day(moment: datetime) -> date | None:
    local = localtime(moment)
    return local.date() if local.time() == time.min else None


def _written(field: Definition, value: Any) -> Any:
    """Return the value as somebody would have typed it."""
    found = told(field, value)
    match Type(field.type):
        case Type.MONEY:
            return f"{found} {field.currency}"
        case Type.CHOICES:
            return "\n".join(found)
        case Type.YES_NO:
            return int(found)
        case Type.USER:
            return str(value)
        case _:
            return found


def _with_answers(field: Definition, part: dict[int, Any]) -> dict[int, Any]:
    """Return texts as answers, which are made where there are none."""
    if field.type != Type.CHOICE:
        return part
    for label in sorted({each for each in part.values() if isinstance(each, str)}):
        place = field.choices.count()
        Choice.objects.get_or_create(field=field, label=label, defaults={"position": place})
    known = {each.label: each.pk for each in field.choices.all()}
    return {
        number: known[value] if isinstance(value, str) else value for number, value in part.items()
    }
