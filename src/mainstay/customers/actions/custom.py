"""The custom fields of many recorded customers or contacts, once all have their numbers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mainstay.customers.actions.contacts import find_again
from mainstay.customers.actions.findable import refresh_search
from mainstay.customers.custom_fields import actions, queries
from mainstay.customers.custom_fields.reading import Reader
from mainstay.customers.models import Contact, Customer
from mainstay.records.actions import record_many


class CustomOfMany:
    """Reads what rows say of custom fields, then writes it; a row that does not fit is refused."""

    subject = "customer"
    model: Any = Customer

    def __init__(self, *, by: Any, now: datetime) -> None:
        self.by, self.now = by, now
        self._stored: dict[str, dict[str, Any]] = {}

    @cached_property
    def _reader(self) -> Reader:
        return Reader(queries.editable(self.by, self.subject))

    def take(self, name: str, typed: Mapping[str, Any] | None) -> None:
        """Read what a row says, or raise what is wrong with it."""
        if typed:
            self._stored[name] = self._reader.read(typed)

    def write(self, outcome: Any, places: Mapping[str, int]) -> None:
        """Write everything at once; where two are alike that may not be, row by row."""
        stored = {n: values for n, values in self._stored.items() if n in places}
        if not stored:
            return
        try:
            with transaction.atomic():
                changes = self._write({outcome.ids[name]: v for name, v in stored.items()})
        except ValidationError:
            changes = self._one_by_one(outcome, stored, places)
        outcome.touch(set(changes))
        records = self.model.objects.in_bulk(list(changes))
        rows = [(records[number], old, new) for number, (old, new) in changes.items()]
        record_many(by=self.by, verb=f"{self.subject}.changed", changes=rows, now=self.now)
        self.refresh(changes)

    def refresh(self, numbers: Collection[int]) -> None:
        refresh_search(numbers)

    def _one_by_one(
        self, outcome: Any, stored: Mapping[str, dict[str, Any]], places: Mapping[str, int]
    ) -> actions.Changes:
        changes: actions.Changes = {}
        for name, values in stored.items():
            try:
                changes |= self._write({outcome.ids[name]: values})
            except ValidationError as refusal:
                outcome.refused[places[name]] = refusal
        return changes

    def _write(self, values: Mapping[int, dict[str, Any]]) -> actions.Changes:
        return actions.write(self.subject, values, self._reader.fields)


class CustomOfContacts(CustomOfMany):
    subject = "contact"
    model = Contact

    def refresh(self, numbers: Collection[int]) -> None:
        find_again(numbers)
