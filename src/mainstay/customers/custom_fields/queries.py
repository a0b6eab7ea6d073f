"""Reads of custom fields: which there are, who may see and fill them, and what stands in them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from mainstay.people.permissions import ADMINISTRATOR

from .models import Choice, ContactValue, CustomerValue, Definition
from .rules import LISTED, Spec, Subject, Type

MODELS: dict[str, Any] = {Subject.CUSTOMER: CustomerValue, Subject.CONTACT: ContactValue}


def every() -> QuerySet[Definition]:
    """Return all fields, put away or not, as the page that manages them shows them."""
    answers = Prefetch("choices", Choice.objects.order_by("position", "pk"), to_attr="answers")
    rows = Definition.objects.prefetch_related(answers)
    return rows.order_by("subject", "group", "position", "pk")


def definitions(subject: str) -> list[Definition]:
    """Return the fields in use of customers or contacts, with their answers, in order."""
    return list(every().filter(subject=subject, archived_at=None))


def values(field: Definition) -> QuerySet[Any]:
    """Return what stands in a field: only to narrow rows that are limited already."""
    rows: QuerySet[Any] = MODELS[field.subject].objects.filter(field=field.pk)
    return rows


def visible(user: Any, subject: str) -> list[Definition]:
    """Return the fields the user's role may see; all of them for the program itself."""
    return [each for each in definitions(subject) if allows(user, each.seen_by)]


def editable(user: Any, subject: str) -> list[Definition]:
    """Return the fields the user's role may fill in: those it sees, and is not kept from."""
    return [each for each in visible(user, subject) if may_fill(user, each)]


def may_fill(user: Any, field: Definition) -> bool:
    return allows(user, field.seen_by) and allows(user, field.edited_by)


def allows(user: Any, roles: Sequence[str]) -> bool:
    """Answer whether the list of roles, empty for everybody, lets the user in."""
    return user is None or not roles or user.role == ADMINISTRATOR or user.role in roles


def kept_from_history(user: Any, application: str) -> frozenset[str]:
    """Return the labels, also of fields put away, under which events hold what is hidden."""
    if application != "customers":
        return frozenset()
    rows = Definition.objects.exclude(seen_by=[])
    return frozenset(each.label for each in rows if not allows(user, each.seen_by))


def spec(field: Definition, *, required: bool | None = None) -> Spec:
    """Return what the field asks of a value, as the rules know it."""
    asked = field.required if required is None else required
    return Spec(
        type=Type(field.type),
        places=field.places,
        required=asked,
        low=field.low,
        high=field.high,
        choices=frozenset(each.pk for each in answers(field)),
    )


def answers(field: Definition) -> list[Choice]:
    """Return the answers that may be given now."""
    return [each for each in field_answers(field) if each.archived_at is None]


def field_answers(field: Any) -> list[Choice]:
    if field.type not in LISTED:
        return []
    found = getattr(field, "answers", None)
    return list(field.choices.order_by("position", "pk")) if found is None else found


def values_of(
    subject: str, numbers: Iterable[int], fields: Sequence[Definition]
) -> dict[int, dict[str, Any]]:
    """Return what stands in the fields of these records, by field's key, as it is stored."""
    if not fields:
        return {}
    known = {field.pk: field for field in fields}
    rows = MODELS[subject].objects.filter(**{f"{subject}__in": list(numbers), "field__in": known})
    found: dict[int, dict[str, Any]] = {}
    for row in rows.select_related("user").order_by("slot"):
        field = known[row.field_id]
        stored = found.setdefault(getattr(row, f"{subject}_id"), {})
        value = held(field, row)
        stored[field.key] = (
            (*stored.get(field.key, ()), value) if field.type == Type.CHOICES else value
        )
    return found


def held(field: Definition, row: Any) -> Any:
    """Return the value of a row, in the form the rules store it."""
    match field.type:
        case Type.DAY:
            return row.day
        case Type.MOMENT:
            return row.moment
        case Type.CHOICE | Type.CHOICES:
            return row.choice_id
        case Type.USER:
            return row.user
        case Type.LONG_TEXT:
            return row.long_text
        case Type.TEXT | Type.URL | Type.EMAIL:
            return row.text
        case _:
            return row.number


def with_custom(rows: "QuerySet[Any]", user: Any, subject: str) -> "QuerySet[Any]":
    """Return the records with the values the user may see beside each, as `custom_rows`."""
    fields = visible(user, subject)
    if not fields:
        return rows
    values = MODELS[subject].objects.filter(field__in=[each.pk for each in fields])
    values = values.select_related("field", "choice", "user").order_by("field", "slot")
    return rows.prefetch_related(Prefetch("custom_values", values, to_attr="custom_rows"))


def texts_of(subject: str, numbers: Iterable[int]) -> dict[int, list[str]]:
    """Return the words of fields that everybody may see, for the search."""
    rows = MODELS[subject].objects.filter(
        **{f"{subject}__in": list(numbers)}, sort_text__isnull=False, field__archived_at=None
    )
    found: dict[int, list[str]] = {}
    listed = rows.filter(field__seen_by=[]).order_by("pk")
    for number, text in listed.values_list(subject, "text"):
        found.setdefault(number, []).append(text)
    return found


def count_filled(field: Definition) -> int:
    """Return how many records have something in the field."""
    rows = MODELS[field.subject].objects.filter(field=field)
    return int(rows.values(field.subject).distinct().count())
