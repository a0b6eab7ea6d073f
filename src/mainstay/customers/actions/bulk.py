"""Many customers at once, for imports: found by their source's names, added with the least that is
known."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.utils.translation import gettext as _

from mainstay.customers import rules
from mainstay.customers.models import Customer, ExternalReference
from mainstay.shared import tables
from mainstay.shared.events import emit_many

EMPTY = (
    "email",
    "phone",
    "website",
    "tax_number",
    "industry",
    "city",
    "language",
    "description",
    "particulars",
    "relationship",
)
REFERENCES = tables.schema(reference=pa.string(), id=pa.int64())


def reference_ids(*, source_id: int, references: list[str]) -> pa.Table:
    """Return the customers' ids by the names under which the source knows them."""
    found = []
    for start in range(0, len(references), tables.AT_ONCE):
        condition, parameters = tables.among(
            "external_id", references[start : start + tables.AT_ONCE]
        )
        sql = (
            f"SELECT external_id, customer_id FROM {tables.name_of(ExternalReference)} "
            f"WHERE source_id = %s AND {condition}"
        )
        found.append(tables.read(sql, [source_id, *parameters], REFERENCES))
    return pa.concat_tables(found) if found else REFERENCES.empty_table()


def add_referenced(*, source_id: int, rows: Any, now: datetime) -> list[int]:
    """Add a customer for each (reference, name, country) and return their ids; a missing name is
    made up of the reference."""
    ids = tables.new_ids(Customer, rows.num_rows)
    references = rows["reference"].to_pylist()
    unnamed = _("Customer %(number)s")  # looked up once: there may be a hundred thousand
    names = [
        name or unnamed % {"number": reference}
        for reference, name in zip(references, rows["name"].to_pylist(), strict=True)
    ]
    searched = [
        rules.customer_search({"name": name}, [reference])
        for name, reference in zip(names, references, strict=True)
    ]
    tables.insert(
        Customer,
        pa.table(
            {
                "id": ids,
                "name": names,
                "country": [country or "" for country in rows["country"].to_pylist()],
                "sort_name": [found["sort_name"] for found in searched],
                "search": [found["search"] for found in searched],
                **blank(rows.num_rows, now),
            }
        ),
    )
    tables.insert(
        ExternalReference,
        pa.table({"customer": ids, "source": [source_id] * len(ids), "external_id": references}),
    )
    tell("customer.created", ids, now)
    return ids


def tell(event: str, ids: Iterable[int], now: datetime) -> None:
    """Tell subscribers of many customers."""
    emit_many(event, subjects=((number, {}) for number in ids), now=now)


def blank(count: int, now: datetime) -> dict[str, list[object]]:
    """Return the columns of new customers that a file did not fill."""
    moment = tables.moment(now)
    values: dict[str, object] = {
        "kind": "organisation",
        **dict.fromkeys(EMPTY, ""),
        "created_at": moment,
        "updated_at": moment,
        "restricted": False,
        "version": 1,
    }
    return {name: [value] * count for name, value in values.items()}
