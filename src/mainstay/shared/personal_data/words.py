"""Rows that hold a word anywhere in their columns, as it is written there."""

import json
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import quote_plus

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast


def holding(
    model: type[models.Model], columns: Iterable[str], words: Iterable[str]
) -> "models.QuerySet[Any]":
    """Return the rows in whose columns one of the words stands; it reads the whole table."""
    rows: models.QuerySet[Any] = model._default_manager.all()
    written = [form for word in words for form in forms(word)]
    names = {f"{column}_written": Cast(column, models.TextField()) for column in columns}
    wanted = (Q(**{f"{name}__contains": form}) for name in names for form in written)
    found: models.QuerySet[Any] = rows.annotate(**names).filter(reduce(or_, wanted, Q(pk__in=[])))
    return found


def forms(word: str) -> set[str]:
    """Return how the word may be written: as it is, in JSON, in an address."""
    return {word, json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1]} | {
        quote_plus(word)
    }


def without(value: Any, words: Iterable[str], instead: str) -> Any:
    """Return the text, list or table with the words replaced wherever they stand."""
    match value:
        case str():
            for word in words:
                value = value.replace(word, instead)
            return value
        case list():
            return [without(item, words, instead) for item in value]
        case dict():
            return {
                without(key, words, instead): without(item, words, instead)
                for key, item in value.items()
            }
        case _:
            return value
