"""How many rows hang on customers."""

from typing import Any

from django.db.models import Count, QuerySet

from mainstay.customers.models import Customer
from mainstay.customers.queries import reach


def counted(user: Any, rows: QuerySet[Any], by: str) -> dict[str, int]:
    """Return how many rows hang on visible customers that are not archived, by one of their fields.

    For who sees everybody, and for None, all rows are counted along an index, and those of archived
    customers, who are few, taken off: no customer is looked up.
    """
    if user is not None and (within := reach(user, "customer__")):
        return _counts(rows.filter(within, customer__archived_at=None), by)
    archived = Customer.objects.filter(archived_at__isnull=False).values("pk")
    left_out = _counts(rows.filter(customer__in=archived), by)
    found = {key: n - left_out.get(key, 0) for key, n in _counts(rows, by).items()}
    return {key: n for key, n in found.items() if n}


def _counts(rows: QuerySet[Any], by: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))
