"""Erasure by the register: rows in the caller's transaction, other places after it."""

from collections import Counter
from typing import Any

from django.db import models

from . import register
from .declared import Erasing, Erasure, Personal, Subject, Way
from .words import holding

SHORTEST_WORD = 5


def erase_rows(erasing: Erasing) -> dict[str, int]:
    """Erase what each model holds; return how many rows of each were touched.

    What is found by words or through other rows goes first, then what hangs on others.
    """
    touched: Counter[str] = Counter()
    for entry in register.entries():
        touched[entry.model.lower()] += _erase(entry, erasing)
    return {model: count for model, count in touched.items() if count}


def empty_places(erasing: Erasing) -> dict[str, int]:
    """Erase what lies outside the rows; may be called again after a failure."""
    return {p.key: p.empty(erasing) for p in register.places() if p.empty is not None}


def identifying_words(subject: Subject) -> tuple[str, ...]:
    """Return the short texts of the persons themselves: names, addresses, numbers."""
    found: set[str] = set()
    for entry in (entry for entry in register.entries() if entry.words):
        about = register.rows_about(entry, customers=subject.customers, contacts=subject.contacts)
        for row in about.values_list(*entry.words):
            found.update(value for value in row if value)
    return tuple(sorted(word for word in found if len(word) >= SHORTEST_WORD))


def _erase(entry: Personal, erasing: Erasing) -> int:
    if entry.erase is not None:
        return entry.erase(erasing)
    subject, model = erasing.subject, register.model_of(entry)
    count = _apply(holding(model, entry.words_in, erasing.words), entry.erasure)
    count += _apply(register.rows_about(entry, customers=subject.customers), entry.erasure)
    of_contact = register.rows_about(entry, contacts=subject.contacts)
    return count + _apply(of_contact, entry.erasure_of_contact or entry.erasure)


def _apply(rows: "models.QuerySet[Any]", erasure: Erasure) -> int:
    match erasure.way:
        case Way.DELETE:
            return _delete(rows)
        case Way.BLANK:
            return int(rows.order_by().update(**erasure.values))
        case Way.KEEP:
            return rows.count()


def _delete(rows: "models.QuerySet[Any]") -> int:
    _all, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)
