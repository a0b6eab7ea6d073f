"""Everything that changes which fields there are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mainstay.customers.custom_fields import queries, rules
from mainstay.customers.custom_fields.models import Choice, Definition
from mainstay.customers.custom_fields.rules import (
    LIMITED,
    LISTED,
    MOST_PLACES,
    NUMBERS,
    UNIQUE,
    Refused,
    Spec,
    Type,
)
from mainstay.customers.custom_fields.words import sentence
from mainstay.people import queries as people
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import money, versions

from .alike import mark

LIMITS = ("low", "high", "places", "currency")
ROLES = ("seen_by", "edited_by")
FIELDS = ("label", "help", "group", "position", "required", "unique", *LIMITS, *ROLES)
MOST_FIELDS = 200
MOST_ANSWERS = 500
RIGHT = "people.admin"


@transaction.atomic
def add_field(*, by: Any, now: datetime, values: Mapping[str, Any]) -> Definition:
    """Add a field to customers or contacts; its key is made of its name unless one is given."""
    _may(by)
    given = dict(values)
    answers = given.pop("answers", [])
    field = Definition(subject=given.pop("subject"), type=given.pop("type"))
    label = str(given.get("label", "")).strip()
    field.key = _free_key(field.subject, given.pop("key", "") or rules.key_of(label))
    given.setdefault("position", _next_position(field.subject))
    new = versions.apply(field, _clean(field, given))[1]
    _check_room(field)
    field.save()
    new |= {"type": field.type, "of": field.subject, "answers": _set_answers(field, answers, now)}
    record(by=by, verb="custom_field.added", target=field, new=new, now=now)
    return field


@transaction.atomic
def change_field(
    *,
    by: Any,
    now: datetime,
    field: Definition,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Definition:
    """Change what differs; raise EditedMeanwhile when `version` is no longer the field's."""
    _may(by)
    row: Definition = versions.locked(queries.every(), field.pk, version)
    given = dict(values)
    answers = given.pop("answers", None)
    old, new = versions.apply(row, _clean(row, given))
    if answers is not None:
        before = [each.label for each in queries.answers(row)]
        after = _set_answers(row, answers, now)
        if before != after:
            old, new = old | {"answers": before}, new | {"answers": after}
    if new:
        row.version += 1
        row.save()
        if "unique" in new:
            mark(row)
        record(by=by, verb="custom_field.changed", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def archive_field(*, by: Any, now: datetime, field: Definition) -> None:
    """Put the field away: it leaves forms, lists and files; what was written is kept."""
    _may(by)
    if Definition.objects.filter(pk=field.pk, archived_at=None).update(archived_at=now):
        record(by=by, verb="custom_field.archived", target=field, now=now)


@transaction.atomic
def restore_field(*, by: Any, now: datetime, field: Definition) -> None:
    _may(by)
    if Definition.objects.filter(pk=field.pk, archived_at__isnull=False).update(archived_at=None):
        record(by=by, verb="custom_field.restored", target=field, now=now)


@transaction.atomic
def move_field(*, by: Any, now: datetime, field: Definition, up: bool) -> None:
    """Exchange places with the neighbour of the same group."""
    _may(by)
    group = queries.every().filter(subject=field.subject, group=field.group, archived_at=None)
    standing = list(group)
    place = next((at for at, each in enumerate(standing) if each.pk == field.pk), None)
    step = -1 if up else 1
    if place is None or not 0 <= place + step < len(standing):
        return
    standing.insert(place + step, standing.pop(place))
    for at, each in enumerate(standing, start=1):
        Definition.objects.filter(pk=each.pk).update(position=at)
    record(by=by, verb="custom_field.moved", target=field, now=now)


def _may(by: Any) -> None:
    if by is not None:
        require(by, RIGHT)


def _check_room(field: Definition) -> None:
    if Definition.objects.filter(subject=field.subject).count() >= MOST_FIELDS:
        text = _("There are %(most)d fields already; put one into use again instead of adding.")
        raise ValidationError(text % {"most": MOST_FIELDS})


def _free_key(subject: str, wanted: str) -> str:
    """Return the key, or raise if it is taken or cannot be one."""
    if wanted != rules.key_of(wanted.replace("_", " ")):
        text = _("A key has small letters, digits and low lines, like contract_end.")
        raise ValidationError({"key": text})
    if Definition.objects.filter(subject=subject, key=wanted).exists():
        text = _("There is a field of that name already; choose another name, or bring it back.")
        raise ValidationError({"label": text})
    return wanted


def _next_position(subject: str) -> int:
    highest = Definition.objects.filter(subject=subject).aggregate(at=Max("position"))["at"]
    return (highest or 0) + 1


def _clean(field: Definition, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what fits the field's type; limits are checked as its values are."""
    unknown = sorted(set(given) - set(FIELDS))
    if unknown:
        raise ValidationError(_("“%(name)s” cannot be set.") % {"name": ", ".join(unknown)})
    clean = {name: v.strip() if isinstance(v, str) else v for name, v in given.items()}
    kind = Type(field.type)
    if kind == Type.MONEY:
        unit = clean.get("currency") or field.currency or people.company().currency
        _check_currency(unit)
        clean |= {"currency": unit, "places": money.digits(unit)}
    elif kind == Type.DECIMAL:
        places = clean.get("places") or (field.places if field.pk else 2)
        clean["places"] = min(max(places, 1), MOST_PLACES)
    else:
        clean |= {"currency": "", "places": 0}
    if kind not in UNIQUE:
        clean["unique"] = False
    if field.pk and kind in NUMBERS and clean.get("places", field.places) != field.places:
        text = _("The decimal places are fixed once the field exists; add another field.")
        raise ValidationError({"places": text})
    return clean | _limits(kind, clean, field)


def _limits(kind: Type, clean: Mapping[str, Any], field: Definition) -> dict[str, str]:
    if kind not in LIMITED:
        return {"low": "", "high": ""}
    texts = {name: str(clean.get(name, getattr(field, name)) or "") for name in ("low", "high")}
    spec = Spec(kind, clean.get("places", field.places))
    found, errors = {}, {}
    for name, text in texts.items():
        try:
            found[name] = rules.limit(spec, text)
        except Refused as refusal:
            errors[name] = sentence(field, refusal)
    if not errors and None not in found.values() and found["high"] < found["low"]:
        errors["high"] = _("The largest lies below the smallest; change one of them.")
    if errors:
        raise ValidationError(errors)
    return texts


def _check_currency(unit: str) -> None:
    if unit not in people.currencies():
        text = _("“%(code)s” is not a currency in use; write its three letters, like EUR.")
        raise ValidationError({"currency": text % {"code": unit[:10]}})


def _set_answers(field: Definition, labels: Sequence[str], now: datetime) -> list[str]:
    """Let the field offer exactly these answers, in this order; those taken off are put away."""
    if field.type not in LISTED:
        return []
    wanted = list(dict.fromkeys(" ".join(str(label).split()) for label in labels if label.strip()))
    if not wanted:
        raise ValidationError({"answers": _("Write at least one answer.")})
    if len(wanted) > MOST_ANSWERS:
        text = _("A list takes %(most)d answers; leave some out.")
        raise ValidationError({"answers": text % {"most": MOST_ANSWERS}})
    known = {each.label: each for each in Choice.objects.filter(field=field)}
    for place, label in enumerate(wanted):
        choice = known.pop(label, None) or Choice(field=field, label=label)
        choice.position, choice.archived_at = place, None
        _checked(choice)
        choice.save()
    _put_away(known.values(), len(wanted), now)
    field.__dict__.pop("answers", None)
    _renumber(field)
    return wanted


def _checked(choice: Choice) -> None:
    try:
        versions.check(choice)
    except ValidationError as refusal:
        raise ValidationError({"answers": refusal.messages}) from refusal


def _put_away(left: Iterable[Choice], first: int, now: datetime) -> None:
    for place, choice in enumerate(left, start=first):
        choice.position, choice.archived_at = place, choice.archived_at or now
        choice.save()


def _renumber(field: Definition) -> None:
    """Let lists sort by the answers' new order."""
    model = queries.MODELS[field.subject]
    for choice in Choice.objects.filter(field=field):
        rows = model.objects.filter(field=field, choice=choice).exclude(number=choice.position)
        rows.update(number=choice.position)
