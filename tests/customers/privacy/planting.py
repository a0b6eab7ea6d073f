"""A person with an unmistakable word in every text of every model that may hold it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from mainstay.people.models import Team
from mainstay.shared import personal_data
from mainstay.shared.personal_data import Personal, Subject, Way
from tests.factories.customers import CustomerFactory

CANARY = "Zqxcanary"
NAME = f"{CANARY} Person"
# What a model needs beside its texts to be stored at all.
NEEDED: dict[str, dict[str, Any]] = {
    "value.boardpack": {"state": "complete", "content": CANARY.encode()},
    "records.auditevent": {"verb": "x.planted", "actor": "Somebody", "target_type": "x"},
    "jobs.job": {"kwargs": {"search": NAME}},
}


def plant(subject: Subject) -> list[str]:
    """Write a row about the subject for every entry of the register; return what was planted."""
    CustomerFactory(name="Bystander")
    planted = []
    for entry in reversed(personal_data.entries()):
        if any("pk" in ways for ways in entry.ways):
            continue  # the person itself goes in by the doors of the program
        if ways := _ways(entry, subject):
            _plant_one(entry, ways)
            planted.append(entry.model)
    return planted


def _plant_one(entry: Personal, ways: list[tuple[str, int]]) -> None:
    """Write a row by the first way from it to the person on which its constraints allow one."""
    refusal: IntegrityError | None = None
    for path, number in ways:
        try:
            with transaction.atomic():
                _row(entry, path, number).save(force_insert=True)
        except IntegrityError as error:
            refusal = error
        else:
            return
    raise AssertionError(f"{entry.model}: add what it needs to NEEDED ({refusal})")


def _ways(entry: Personal, subject: Subject) -> list[tuple[str, int]]:
    if entry.by_words_only:
        return [("", 0)]
    customers, contacts = entry.ways
    of_customers = [(way, min(subject.customers)) for way in customers if subject.customers]
    return of_customers + [(way, min(subject.contacts)) for way in contacts if subject.contacts]


def _row(entry: Personal, path: str, number: int) -> Any:
    model = personal_data.model_of(entry)
    needed = NEEDED.get(entry.model.lower(), {})
    if entry.model == "sharing.Share":
        needed = {"team": Team.objects.get_or_create(name="North")[0]}
    row, given = model(**needed), set(needed)
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in given:
            continue
        value = _value(entry, field, path, number)
        if value is not None:
            setattr(row, field.attname, value)
    return row


def _value(entry: Personal, field: Any, path: str, number: int) -> Any:
    first, _, rest = path.partition("__")
    if field.name == first:
        return number if not rest else _through(field.related_model, rest, number)
    if field.is_relation:
        return None if field.null else _any(field.related_model)
    if personal_data.is_text(field):
        return _text(entry, field)
    return _plain(field)


def _text(entry: Personal, field: Any) -> Any:
    """Return the canary; a column that stays for the books, or is too short, holds another word."""
    stays = entry.erasure.way is not Way.DELETE and field.name not in entry.erasure.values
    if entry.by_words_only and field.name not in entry.words_in:
        return None
    if entry.erase is not None and not entry.by_words_only and entry.model != "orders.Order":
        stays = field.name in entry.held_back
    word = "stays" if stays or (field.max_length or 99) < len(NAME) else NAME
    match field:
        case models.JSONField():
            return {"note": word} if "list" not in str(field.default) else [word]
        case models.BinaryField():
            return word.encode()
    return word[: field.max_length or None]


def _plain(field: Any) -> Any:
    if field.has_default() or getattr(field, "null", False):
        return None
    if field.choices:
        return field.choices[0][0]
    match field:
        case models.DateTimeField():
            return timezone.now()
        case models.DateField():
            return date(2026, 1, 1)
        case models.DecimalField():
            return Decimal(1)
        case models.BooleanField():
            return False
        case models.IntegerField() | models.FloatField():
            return 1
    return None


def _any(model: Any) -> int:
    """Return some row of the model, made if there is none."""
    if known := model._default_manager.order_by("-pk").values_list("pk", flat=True).first():
        return int(known)
    row = model()
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        if field.is_relation:
            value = None if field.null else _any(field.related_model)
        elif personal_data.is_text(field) and not field.has_default():
            value = f"{model._meta.model_name}"[: field.max_length or None]
        else:
            value = _plain(field)
        if value is not None:
            setattr(row, field.attname, value)
    row.save(force_insert=True)
    return int(row.pk)


def _through(model: Any, path: str, number: int) -> int:
    """Return a row of the model from which the path leads to the person."""
    found = model._default_manager.filter(**{path: number}).values_list("pk", flat=True).first()
    return int(found) if found else _any(model)
