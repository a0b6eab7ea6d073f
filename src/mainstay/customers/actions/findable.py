"""The search columns of customers and contacts, made anew from what they are found by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from mainstay.customers import rules
from mainstay.customers.custom_fields.queries import texts_of
from mainstay.customers.models import Affiliation, Contact, Customer, ExternalReference
from mainstay.shared import tables

AT_ONCE = 5000
# Up to so many are written one by one: what writes thousands costs some statements of its own.
FEW = 20
CONTACT_FIELDS = ("name", "email", "phone")
Columns = Mapping[str, str]
Rows = Mapping[int, dict[str, str]]


def make_all_findable() -> None:
    """Write what customers and contacts are found by, in the caller's transaction."""
    for rows in _parts(Customer, rules.SEARCHED_FIELDS):
        _write(Customer, rows, _of_customers(rows))
    for rows in _parts(Contact, CONTACT_FIELDS):
        words = texts_of("contact", rows)
        found = [rules.contact_search(row, words.get(pk, [])) for pk, row in rows.items()]
        _write(Contact, rows, found)


def refresh_search(customer_ids: Iterable[int]) -> None:
    """Bring the search column up to date after a name, number, reference or contact changed."""
    numbers = list(customer_ids)
    found = Customer.objects.filter(pk__in=numbers).values_list("pk", *rules.SEARCHED_FIELDS)
    rows = {pk: dict(zip(rules.SEARCHED_FIELDS, values, strict=True)) for pk, *values in found}
    made = _of_customers(rows)
    if len(rows) > FEW:
        _write(Customer, rows, made)
        return
    for pk, columns in zip(rows, made, strict=True):
        Customer.objects.filter(pk=pk).update(**columns)


def _of_customers(rows: Rows) -> list[Columns]:
    references = _texts(ExternalReference, rows, "external_id")
    people = _texts(Affiliation, rows, "contact__name")
    words = texts_of("customer", rows)
    return [
        rules.customer_search(row, references[pk], [*people[pk], *words.get(pk, [])])
        for pk, row in rows.items()
    ]


def _parts(model: Any, names: tuple[str, ...]) -> Iterator[Rows]:
    """Yield rows by their number, in the order of it, so many at once."""
    last = 0
    while True:
        rows = model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", *names)[:AT_ONCE]
        found = {pk: dict(zip(names, values, strict=True)) for pk, *values in rows}
        if not found:
            return
        yield found
        last = max(found)


def _texts(model: Any, rows: Rows, path: str) -> dict[int, list[str]]:
    """Return the texts that hang on each of these customers."""
    found: dict[int, list[str]] = defaultdict(list)
    for pk, text in model.objects.filter(customer__in=list(rows)).values_list("customer", path):
        found[pk].append(text)
    return found


def _write(model: Any, rows: Rows, made: Sequence[Columns]) -> None:
    changed = {key: [each[key] for each in made] for key in ("sort_name", "search")}
    tables.update(model, pa.table({"id": list(rows), **changed}))
