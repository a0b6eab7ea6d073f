"""Facts that stand beside preferences, published by the capabilities that know them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django_stubs_ext import StrOrPromise

Measure = Callable[[Any, Any, datetime], str]
_measures: dict[str, tuple[StrOrPromise, Measure]] = {}


def publish(key: str, label: StrOrPromise, measure: Measure) -> None:
    """Let `measure(user, customer, now)` tell something of a customer, or "" for nothing."""
    _measures[key] = (label, measure)


def of(user: Any, customer: Any, now: datetime) -> list[tuple[str, str]]:
    found = ((str(label), measure(user, customer, now)) for label, measure in _measures.values())
    return [(label, text) for label, text in found if text]
