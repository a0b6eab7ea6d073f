"""Adding, changing and taking off contracts; a contract is known by customer and number."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import queries as customers
from mainstay.customers.actions import may_edit, may_edit_all
from mainstay.orders import queries
from mainstay.orders.models import Contract
from mainstay.orders.rules import LARGEST_AMOUNT
from mainstay.records.actions import record
from mainstay.shared import versions

FIELDS = ("reference", "starts", "ends", "renewed", "yearly_minor")


RIGHT = "orders.contracts"


@transaction.atomic
def add_contract(*, by: Any, now: datetime, customer: Any, values: Mapping[str, Any]) -> Contract:
    """Add a contract of a customer."""
    may_edit(by, RIGHT, customer=customer)
    row = Contract(customer=customer)
    new = _write(row, values)[1]
    row.save()
    record(by=by, verb="contract.added", target=row, new=new | {"customer": str(customer)}, now=now)
    return row


@transaction.atomic
def change_contract(
    *, by: Any, now: datetime, contract: Contract, values: Mapping[str, Any], version: int | None
) -> Contract:
    """Change what differs; raise EditedMeanwhile when `version` is no longer the contract's."""
    may_edit(by, RIGHT, customer=contract.customer)
    row: Contract = versions.locked(queries.contracts_seen_by(by), contract.pk, version)
    old, new = _write(row, values)
    if new:
        row.version += 1
        row.save()
        record(by=by, verb="contract.changed", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def remove_contract(*, by: Any, now: datetime, contract: Contract) -> None:
    """Take the contract off; the audit log keeps it."""
    may_edit(by, RIGHT, customer=contract.customer)
    old = {name: versions.readable(getattr(contract, name)) for name in FIELDS}
    record(by=by, verb="contract.removed", target=contract, old=old, now=now)
    contract.delete()


@transaction.atomic
def record_contracts(
    *, by: Any, now: datetime, rows: Sequence[tuple[int, Mapping[str, Any]]]
) -> dict[str, int]:
    """Record up to 1,000 contracts, all or none: known ones take the new particulars.

    Raises:
        ValidationError: a row does not fit; the sentence names it.
    """
    may_edit_all(by, [customer for customer, _values in rows], RIGHT)
    seen = customers.seen_by(by).filter(pk__in=[customer for customer, _values in rows])
    people = {row.pk: row for row in seen}
    wanted = {(customer, values["reference"]) for customer, values in rows}
    found = Contract.objects.filter(
        customer__in=people, reference__in=[reference for _customer, reference in wanted]
    )
    known = {(row.customer_id, row.reference): row for row in found if row.reference}
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for place, (customer, values) in enumerate(rows, start=1):
        if customer not in people:
            message = _("Row %(row)d: there is no customer %(number)d, or it is not yours to see.")
            raise ValidationError(message % {"row": place, "number": customer})
        row = known.get((customer, values["reference"]))
        if row is None:
            row = add_contract(by=by, now=now, customer=people[customer], values=values)
            known |= {(customer, row.reference): row} if row.reference else {}
            counts["added"] += 1
            continue
        before = row.version
        changed = change_contract(by=by, now=now, contract=row, values=values, version=None)
        counts["changed" if changed.version > before else "unchanged"] += 1
    return counts


def _write(row: Contract, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    known = {name: values[name] for name in FIELDS if name in values}
    if "reference" in known:
        known["reference"] = str(known["reference"]).strip()
    changed = versions.apply(row, known)
    if row.ends is not None and row.ends < row.starts:
        raise ValidationError(
            {"ends": _("The contract ends before it starts; write a later day, or none.")}
        )
    if not 0 <= row.yearly_minor <= LARGEST_AMOUNT:
        message = _("The amount a year is zero or more, and not astronomical; check the number.")
        raise ValidationError({"yearly_minor": message})
    same = Contract.objects.filter(customer=row.customer_id, reference=row.reference)
    if row.reference and same.exclude(pk=row.pk).exists():
        message = _("This customer has a contract “%(name)s” already; change that one.")
        raise ValidationError({"reference": message % {"name": row.reference}})
    return changed
