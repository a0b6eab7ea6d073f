"""Recording many customers of one source at once: known ones change, new ones are added."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import queries, rules
from mainstay.customers.actions.cleaning import CUSTOMER_FIELDS, may_edit
from mainstay.customers.actions.custom import CustomOfMany
from mainstay.customers.actions.customers import _set_search, _write, source_named
from mainstay.customers.actions.erased import erased_references, refuse_reference
from mainstay.customers.actions.named import Named
from mainstay.customers.actions.recorded import Recorded
from mainstay.customers.actions.ties import TIED, tie
from mainstay.customers.models import Customer, ExternalReference
from mainstay.records.actions import record_many
from mainstay.shared import versions

AT_ONCE = 500
WRITTEN = [*CUSTOMER_FIELDS, "sort_name", "search", "version", "updated_at"]

Row = tuple[str, Mapping[str, Any]]
Change = tuple[Customer, dict[str, Any], dict[str, Any]]


@transaction.atomic
def record_customers(*, by: Any, now: datetime, source: str, rows: Sequence[Row]) -> Recorded:
    """Record customers by the source's names for them; a row that does not fit is refused alone."""
    may_edit(by)
    batch = _Batch(by=by, now=now, source=source_named(source.strip()), rows=rows)
    for index, (external_id, values) in enumerate(rows):
        try:
            batch.take(external_id, values)
        except ValidationError as refusal:
            batch.outcome.refused[index] = refusal
    batch.write()
    batch.custom.write(batch.outcome, batch.places())
    tie(by=by, now=now, outcome=batch.outcome, source=batch.source, rows=rows)
    return batch.outcome


class _Batch:
    def __init__(self, *, by: Any, now: datetime, source: Any, rows: Sequence[Row]) -> None:
        self.by, self.now, self.source = by, now, source
        self.rows = rows
        self.outcome = Recorded()
        self._named = Named()
        names = [external_id for external_id, _values in rows]
        references = ExternalReference.objects.filter(source=source, external_id__in=names)
        self._taken = dict(references.values_list("external_id", "customer"))
        seen = queries.changed_by(by).filter(pk__in=self._taken.values())
        known = seen.select_related("owner", "team").select_for_update(of=("self",)).order_by("pk")
        self._known = {row.pk: row for row in known}
        self._erased = erased_references(source.name, names)
        self._met: set[str] = set()
        self.custom = CustomOfMany(by=by, now=now)
        self._added: list[tuple[ExternalReference, Customer, dict[str, Any]]] = []
        self._changed: list[Change] = []

    def take(self, external_id: str, values: Mapping[str, Any]) -> None:
        """Prepare one row, or raise what is wrong with it."""
        own = {name: v for name, v in values.items() if name not in (*TIED, "custom")}
        own = self._named.records(own)
        reference = ExternalReference(source=self.source, external_id=external_id.strip())
        versions.check(reference)
        if reference.external_id in self._met:
            message = _("“%(value)s” appears twice; send each customer once.")
            raise ValidationError({"external_id": message % {"value": reference.external_id}})
        refuse_reference(reference.external_id, self._erased)
        self._met.add(reference.external_id)
        self.custom.take(reference.external_id, values.get("custom"))
        number = self._taken.get(reference.external_id)
        if number is None:
            self._add(reference, own)
        elif number in self._known:
            self._change(self._known[number], reference.external_id, own)
        else:
            message = _("“%(value)s” names a customer that is not yours to change.")
            raise ValidationError({"external_id": message % {"value": reference.external_id}})

    def _add(self, reference: ExternalReference, values: Mapping[str, Any]) -> None:
        customer = Customer(owner=self.by, team=getattr(self.by, "team", None))
        new = _write(self.by, customer, values)[1]
        _set_search(customer, [reference.external_id])
        self._added.append((reference, customer, new))

    def _change(self, customer: Customer, external_id: str, values: Mapping[str, Any]) -> None:
        old, new = _write(self.by, customer, values)
        self.outcome.ids[external_id] = customer.pk
        if new:
            customer.version += 1
            customer.updated_at = self.now
            self._changed.append((customer, old, new))
        else:
            self.outcome.unchanged += 1

    def write(self) -> None:
        Customer.objects.bulk_create([row for _r, row, _n in self._added], batch_size=AT_ONCE)
        for reference, customer, _new in self._added:
            reference.customer = customer
            self.outcome.ids[reference.external_id] = customer.pk
        references = [reference for reference, _row, _new in self._added]
        ExternalReference.objects.bulk_create(references, batch_size=AT_ONCE)
        self._refresh_search()
        changed = [customer for customer, _old, _new in self._changed]
        # An upsert by number: bulk_update writes a CASE for each field and row, 100 times slower.
        Customer.objects.bulk_create(
            changed,
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=WRITTEN,
        )
        added: list[Change] = [(row, {}, new) for _r, row, new in self._added]
        record_many(by=self.by, verb="customer.added", changes=added, now=self.now)
        record_many(by=self.by, verb="customer.changed", changes=self._changed, now=self.now)
        self.outcome.added, self.outcome.changed = len(added), len(changed)
        self.outcome.touched = {row.pk for row, _old, _new in added} | {row.pk for row in changed}

    def places(self) -> dict[str, int]:
        """Return the place in the batch of each name that was not refused."""
        names = [external_id.strip() for external_id, _values in self.rows]
        return {name: at for at, name in enumerate(names) if at not in self.outcome.refused}

    def _refresh_search(self) -> None:
        pks = [customer.pk for customer, _old, _new in self._changed]
        fresh = Customer.objects.filter(pk__in=pks).prefetch_related(
            "references", "affiliations__contact"
        )
        standing = {row.pk: row for row in fresh}
        for customer, _old, _new in self._changed:
            row = standing[customer.pk]
            searched = {key: getattr(customer, key) for key in rules.SEARCHED_FIELDS}
            columns = rules.customer_search(
                searched,
                [reference.external_id for reference in row.references.all()],
                [place.contact.name for place in row.affiliations.all()],
            )
            customer.sort_name, customer.search = columns["sort_name"], columns["search"]
