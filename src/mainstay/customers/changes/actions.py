"""Noting a change of many customers, and undoing it as one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mainstay.customers.actions.cleaning import may_edit
from mainstay.customers.actions.customers import touch
from mainstay.customers.models import Customer, Tag
from mainstay.people.permissions import can
from mainstay.records.actions import record, record_many
from mainstay.shared import bulk, tables
from mainstay.shared.jobs import current

from .fields import undo_field
from .models import ChangedCustomer, ChangeKind, ManyChange
from .queries import open_customers

AT_ONCE = 500
KEPT_DAYS = 30
Ends = dict[str, Any]


class NotUndone(Exception):
    """The change cannot be undone; the text says why."""


def note(
    *,
    by: Any,
    now: datetime,
    kind: str,
    value: str,
    rows: Sequence[tuple[int, Ends]],
    details: Mapping[str, Any] | None = None,
) -> ManyChange | None:
    """Note which customers a change met; the parts of one job are one change."""
    if not rows:
        return None
    about = {"kind": kind, "value": value, "made_by": by, "made_at": now}
    about["details"] = dict(details or {})
    if job_id := current.job_id():
        change = ManyChange.objects.get_or_create(job_id=str(job_id), defaults=about)[0]
    else:
        change = ManyChange.objects.create(**about)
    customers = [ChangedCustomer(change=change, customer_id=pk, **ends) for pk, ends in rows]
    bulk.insert_objects(customers)
    number = F("customer_count") + len(rows)
    ManyChange.objects.filter(pk=change.pk).update(customer_count=number)
    return change


@transaction.atomic
def begin_undo(*, by: Any, now: datetime, change: ManyChange) -> None:
    """Claim the undoing; a second one, and one that is not the user's, get a sentence."""
    may_edit(by)
    if by is not None and change.made_by_id != by.pk and not can(by, "people.admin"):
        raise NotUndone(_("Somebody else made this change; ask them or an administrator."))
    fresh = ManyChange.objects.filter(pk=change.pk, undone_at=None)
    if not fresh.update(undone_at=now, undone_by=by):
        raise NotUndone(_("This change is undone already."))
    new = {"customers": change.customer_count}
    record(by=by, verb="customers.change_undone", target=change, new=new, now=now)


def undo_all(*, by: Any, now: datetime, change: ManyChange) -> None:
    """Undo customer by customer, in parts; killed in between, a second call goes on."""
    total = open_customers(change).count()
    done = 0
    while part := list(open_customers(change)[:AT_ONCE]):
        current.report(done=done, total=total, text=_("Undoing a change"))
        undo_part(by=by, now=now, change=change, part=part)
        done += len(part)


@transaction.atomic
def undo_part(
    *, by: Any, now: datetime, change: ManyChange, part: Sequence[ChangedCustomer]
) -> None:
    numbers = [row.customer_id for row in part]
    found = Customer.objects.select_for_update(of=("self",)).filter(pk__in=numbers)
    named = found.select_related("owner", "team").order_by("pk")
    customers = {customer.pk: customer for customer in named}
    if change.kind in (ChangeKind.TAG, ChangeKind.UNTAG):
        undone = _undo_tag(by, now, change, customers)
    elif change.kind == ChangeKind.FIELD:
        undone = undo_field(by=by, now=now, change=change, customers=customers, part=part)
    else:
        undone = _undo_owner(by, now, customers, part)
    ChangedCustomer.objects.filter(change=change, customer__in=undone).delete()
    rest = set(numbers) - undone
    ChangedCustomer.objects.filter(change=change, customer__in=rest).update(kept=True)
    number = F("undone_count") + len(undone)
    ManyChange.objects.filter(pk=change.pk).update(undone_count=number)


def forget_old_changes(*, now: datetime) -> int:
    """Delete what is too old to be undone; the audit log keeps what happened."""
    old = ManyChange.objects.filter(made_at__lt=now - timedelta(days=KEPT_DAYS))
    return old.delete()[0]


def _store(customers: Sequence[Customer], now: datetime) -> None:
    """Write owners and teams in one statement a thousand: bulk_update takes four times as long."""
    names = ("id", "owner", "team", "version")
    cells = [(each.pk, each.owner_id, each.team_id, each.version) for each in customers]
    columns = {n: pa.array([row[at] for row in cells], pa.int64()) for at, n in enumerate(names)}
    moments = pa.array([tables.moment(now)] * len(cells), pa.string())
    tables.update(Customer, pa.table({**columns, "updated_at": moments}))


def _undo_tag(
    by: Any, now: datetime, change: ManyChange, customers: dict[int, Customer]
) -> set[int]:
    """Take the tag off again, or put it on; who has it otherwise by now is left alone."""
    tagged = change.kind == ChangeKind.TAG
    tag = Tag.objects.filter(name=change.value).first()
    if tag is None:
        return set()
    through = Customer.tags.through._default_manager
    carrying = through.filter(tag=tag, customer__in=customers)
    have = set(carrying.values_list("customer_id", flat=True))
    undone = have if tagged else set(customers) - have
    if tagged:
        carrying.delete()
    else:
        rows = [Customer.tags.through(customer_id=pk, tag_id=tag.pk) for pk in sorted(undone)]
        through.bulk_create(rows)
    touch(undone, now)
    told = {"tag": tag.name}
    old, new = (told, {}) if tagged else ({}, told)
    changes = [(customers[pk], old, new) for pk in sorted(undone)]
    verb = "customer.tag_removed" if tagged else "customer.tag_added"
    record_many(by=by, verb=verb, changes=changes, now=now)
    return undone


def _undo_owner(
    by: Any, now: datetime, customers: dict[int, Customer], part: Sequence[ChangedCustomer]
) -> set[int]:
    """Give customers back to the owner and team before, unless either was changed since."""
    changes = []
    for row in part:
        customer = customers[row.customer_id]
        if (customer.owner_id, customer.team_id) != (row.new_owner_id, row.new_team_id):
            continue
        old = {"owner": str(customer.owner or ""), "team": str(customer.team or "")}
        customer.owner, customer.team = row.old_owner, row.old_team
        customer.version, customer.updated_at = customer.version + 1, now
        new = {"owner": str(customer.owner or ""), "team": str(customer.team or "")}
        changes.append((customer, old, new))
    rows = [customer for customer, _old, _new in changes]
    _store(rows, now)
    record_many(by=by, verb="customer.changed", changes=changes, now=now)
    return {customer.pk for customer in rows}
