"""Fields of the demo company's own, with believable values."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from mainstay.customers.custom_fields import actions, queries
from mainstay.customers.custom_fields.actions import write
from mainstay.customers.custom_fields.reading import Reader
from mainstay.customers.queries import everybody

FILLED = 400
TERMS = ("prepaid", "14 days", "30 days", "60 days")
USES = ("workshop", "resale", "own production", "maintenance")
FIELDS: tuple[dict[str, Any], ...] = (
    {"type": "choice", "label": "Terms of payment", "group": "Trade", "answers": TERMS},
    {"type": "money", "label": "Credit limit", "group": "Trade", "low": "0", "currency": "EUR"},
    {"type": "choices", "label": "Buys for", "group": "Trade", "answers": USES},
    {"type": "whole", "label": "Employees", "group": "Profile", "low": "1"},
    {"type": "day", "label": "Supplier audit until", "group": "Profile"},
    {"type": "yes_no", "label": "Asks for certificates", "group": "Profile"},
)


def load(*, seed: int, today: date, now: datetime) -> None:
    """Add the fields, and fill them for a part of the customers."""
    for values in FIELDS:
        actions.add_field(by=None, now=now, values=values | {"subject": "customer"})
    fields = queries.definitions("customer")
    reader, luck = Reader(fields), random.Random(seed)  # noqa: S311  a demo, no secret
    numbers = list(everybody().order_by("pk").values_list("pk", flat=True)[:FILLED])
    stored = {number: reader.read(_typed(luck, today)) for number in numbers}
    write("customer", stored, {field.key: field for field in fields})


def _typed(luck: random.Random, today: date) -> dict[str, Any]:
    """Return what somebody noted of one customer; not everything is known of everybody."""
    noted = {
        "terms_of_payment": luck.choice(TERMS),
        "credit_limit": str(luck.randrange(5, 200) * 500),
        "buys_for": luck.sample(USES, luck.randint(1, 2)),
        "employees": int(luck.lognormvariate(3.2, 1.1)) + 1,
        "supplier_audit_until": today + timedelta(days=luck.randrange(-60, 700)),
        "asks_for_certificates": luck.choice((True, False, False)),
    }
    return {key: value for key, value in noted.items() if luck.choice((True, True, True, False))}
