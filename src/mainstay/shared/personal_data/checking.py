"""What the register does not know yet: each gap is a sentence that says what to write where."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from . import register
from .declared import Impersonal, Personal, Way

SUBJECTS = ("customers.customer", "customers.contact")


def gaps() -> list[str]:
    """Return what must be added to the register before the models are complete in it."""
    every = apps.get_models(include_auto_created=True)
    return [gap for model in every for gap in _gaps_of(model)] + list(_strangers())


def is_text(field: Any) -> bool:
    """Tell whether the field can hold words that somebody has written or a program has gathered."""
    kinds = (
        models.CharField,
        models.TextField,
        models.JSONField,
        models.BinaryField,
        models.FileField,
        models.GenericIPAddressField,
    )
    return isinstance(field, kinds) and not field.choices


def _gaps_of(model: type[models.Model]) -> Iterator[str]:
    label = model._meta.label
    entry = register.entry_of(label)
    if entry is None:
        yield (
            f"{label} is not classified: publish Personal or Impersonal in its apps.ready() "
            "(mainstay.shared.personal_data)"
        )
    elif isinstance(entry, Impersonal):
        yield from _hidden_subjects(model, entry)
    else:
        yield from _unnamed_texts(model, entry)
        yield from _unexplained(entry)


def _hidden_subjects(model: type[models.Model], entry: Impersonal) -> Iterator[str]:
    if not entry.because:
        yield f"{entry.model} is said to hold nothing personal, but not why"
    for field in model._meta.concrete_fields:
        target = field.related_model
        if target is not None and target._meta.label_lower in SUBJECTS:
            yield f"{entry.model} hangs on a person by “{field.name}”, so it is Personal"


def _unnamed_texts(model: type[models.Model], entry: Personal) -> Iterator[str]:
    if entry.by_words_only:
        return
    stored = {field.name: field for field in model._meta.concrete_fields}
    named = set(entry.texts) | set(entry.held_back)
    for name, field in stored.items():
        if is_text(field) and name not in named:
            yield f"{entry.model}.{name}: name it in texts or, with the reason, in held_back"
    used = (*entry.texts, *entry.held_back, *entry.erasure.values, *entry.words, *entry.words_in)
    for name in used:
        if name.split("__")[0] not in stored:
            yield f"{entry.model} has no field “{name}”"


def _unexplained(entry: Personal) -> Iterator[str]:
    if not (any(entry.ways) or entry.words_in):
        yield f"{entry.model}: say how its rows are found"
    for erasure in (entry.erasure, entry.erasure_of_contact):
        if erasure is not None and erasure.way is not Way.DELETE and not erasure.because:
            yield f"{entry.model} keeps rows: say why"


def _strangers() -> Iterator[str]:
    known = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    classified = [entry.model for entry in register.entries()]
    classified += [entry.model for entry in register.impersonal()]
    for model in classified:
        if model.lower() not in known:
            yield f"{model} is classified, but there is no such model"
