"""Writing values: of one record or of thousands, in a handful of statements.

The record's own action calls this inside its transaction and records what changed with the rest.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.customers.custom_fields import queries, rules
from mainstay.customers.custom_fields.models import Definition
from mainstay.customers.custom_fields.reading import PREFIX, Reader
from mainstay.customers.custom_fields.rules import SORTED_TEXTS, Type
from mainstay.customers.custom_fields.words import not_alike, recorded
from mainstay.shared import bulk

AT_ONCE = 1000
Stored = Mapping[str, Any]
Change = tuple[dict[str, Any], dict[str, Any]]
Changes = dict[int, Change]


def write(subject: str, values: Mapping[int, Stored], fields: Mapping[str, Definition]) -> Changes:
    """Write what is stored for each record; return old and new of what differs, by number.

    Raises ValidationError where a value must be unlike all others and is not.
    """
    before = _standing(subject, values, fields)
    changed = _all_different(values, before)
    _check_alike(subject, changed, fields)
    replace(subject, changed, fields)
    return {
        number: _told(stored, before.get(number, {}), fields) for number, stored in changed.items()
    }


def different(
    subject: str, values: Mapping[int, Stored], fields: Mapping[str, Definition]
) -> dict[int, dict[str, Any]]:
    """Return of each record what differs from what stands there; records without are left out."""
    found: dict[int, dict[str, Any]] = {}
    for numbers in _parts(list(values)):
        part = {number: values[number] for number in numbers}
        found |= _all_different(part, _standing(subject, part, fields))
    return found


def _standing(
    subject: str, values: Mapping[int, Stored], fields: Mapping[str, Definition]
) -> dict[int, dict[str, Any]]:
    touched = {key for stored in values.values() for key in stored}
    known = [field for key, field in fields.items() if key in touched]
    return queries.values_of(subject, values, known)


def _all_different(
    values: Mapping[int, Stored], before: Mapping[int, Stored]
) -> dict[int, dict[str, Any]]:
    pairs = ((n, _different(stored, before.get(n, {}))) for n, stored in values.items())
    return {number: changed for number, changed in pairs if changed}


def _parts(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


def apart(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a record's own values, and those of custom fields, which come under `custom`."""
    own = dict(values)
    return own, dict(own.pop("custom", None) or {})


def save(
    *, by: Any, subject: str, number: int, typed: Mapping[str, Any], whole: bool = False
) -> Change:
    """Read and write what was typed for one record; return old and new of what differs.

    With `whole` the record is new, and what is required must be there; what the program itself
    adds may come without.
    """
    whole = whole and by is not None
    if not typed and not whole:
        return {}, {}
    fields = queries.editable(by, subject)
    stored = Reader(fields).read(typed, whole=whole)
    changes = write(subject, {number: stored}, {field.key: field for field in fields})
    return changes.get(number, ({}, {}))


def _different(stored: Stored, before: Stored) -> dict[str, Any]:
    return {
        key: value
        for key, value in stored.items()
        if (None if value == () else value) != before.get(key)
    }


def _told(
    changed: Stored, before: Stored, fields: Mapping[str, Definition]
) -> tuple[dict[str, Any], dict[str, Any]]:
    old = {fields[key].label: recorded(fields[key], before.get(key)) for key in changed}
    return old, {fields[key].label: recorded(fields[key], changed[key]) for key in changed}


def _check_alike(
    subject: str, values: Mapping[int, Stored], fields: Mapping[str, Definition]
) -> None:
    model = queries.MODELS[subject]
    for key, field in fields.items():
        if not field.unique:
            continue
        written = [
            (number, unique_text(stored[key]))
            for number, stored in values.items()
            if stored.get(key) is not None
        ]
        texts = [text for _number, text in written]
        twice = next((text for text in texts if texts.count(text) > 1), None)
        others = model.objects.filter(field=field, unique_text__in=texts)
        others = others.exclude(**{f"{subject}__in": [number for number, _text in written]})
        taken = twice or others.values_list("unique_text", flat=True).first()
        if taken:
            raise ValidationError({f"{PREFIX}{key}": not_alike(field, taken)})


def holders(field: Definition, texts: Collection[str]) -> dict[str, int]:
    """Return which record has each of these in a field where no two may be alike."""
    rows = queries.MODELS[field.subject].objects.filter(field=field)
    found: dict[str, int] = {}
    for part in _parts(list(texts)):
        found |= dict(rows.filter(unique_text__in=part).values_list("unique_text", field.subject))
    return found


def replace(subject: str, values: Mapping[int, Stored], fields: Mapping[str, Definition]) -> None:
    """Let the fields hold these values, whatever stood there."""
    model = queries.MODELS[subject]
    for key, field in fields.items():
        numbers = [number for number, stored in values.items() if key in stored]
        for part in _parts(numbers):
            model.objects.filter(field=field, **{f"{subject}__in": part}).delete()
    for key, field in fields.items():
        insert(subject, field, {n: stored[key] for n, stored in values.items() if key in stored})


def insert(subject: str, field: Definition, values: Mapping[int, Any]) -> None:
    """Insert the field's values of records that have none in it."""
    model = queries.MODELS[subject]
    rows = [
        model(field=field, **{f"{subject}_id": number}, **cells)
        for number, value in values.items()
        for cells in cells_of(field, value)
    ]
    bulk.insert_objects(rows)


def cells_of(field: Definition, value: Any) -> list[dict[str, Any]]:
    """Return the typed columns of a value: a row for each answer, none for nothing."""
    if value is None or value == ():
        return []
    unique = {"unique_text": unique_text(value)} if field.unique else {}
    match Type(field.type):
        case Type.CHOICE | Type.CHOICES:
            many = value if isinstance(value, tuple) else ()
            return [_choice(field, each) | {"slot": each} for each in many] or [
                _choice(field, value)
            ]
        case Type.DAY | Type.MOMENT | Type.USER:
            return [{str(field.type): value}]
        case Type.LONG_TEXT:
            return [{"long_text": value}]
        case kind if kind in SORTED_TEXTS:
            return [{"text": value, "sort_text": rules.sort_text(value)} | unique]
        case _:
            return [{"number": value} | unique]


def unique_text(value: Any) -> str:
    """Return what two values have in common that count as alike."""
    return str(value).casefold()


def _choice(field: Definition, number: int) -> dict[str, Any]:
    places = {each.pk: each.position for each in queries.field_answers(field)}
    return {"choice_id": number, "number": places[number]}
