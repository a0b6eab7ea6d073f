"""One change to many customers: a tag, an owner, a team. Each has its audit event."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mainstay.customers import queries
from mainstay.customers.actions.cleaning import may_edit
from mainstay.customers.actions.customers import tag_named, touch
from mainstay.customers.actions.filling import fill
from mainstay.customers.changes.actions import note
from mainstay.customers.custom_fields import filling, words
from mainstay.customers.custom_fields.queries import values_of
from mainstay.customers.models import Customer, Tag
from mainstay.people import queries as people
from mainstay.people.permissions import refuse_writing
from mainstay.records.actions import record_many
from mainstay.shared import versions
from mainstay.shared.numbers import row_number

KINDS = ("tag", "untag", "owner", "team", "field")


def check_bulk(*, by: Any, kind: str, value: str) -> None:
    """Raise a sentence unless the change could be made."""
    may_edit(by)
    if kind not in KINDS:
        raise ValidationError(_("Choose what to do with the ticked entries."))
    if kind == "field":
        filling.read(by, value)
    elif kind in {"tag", "untag"}:
        refuse_writing(by, "customers.customer", ["tags"])
        if not value.strip():
            raise ValidationError(_("Write the tag."))
        versions.check(Tag(name=value.strip()))
    else:
        _chosen(kind, value)


@transaction.atomic
def change_many(*, by: Any, now: datetime, kind: str, value: str, ids: Iterable[int]) -> int:
    """Make the change to those of the customers that are visible; return how many changed.

    It is noted, so that it can be undone; the parts of one job are one change.
    """
    check_bulk(by=by, kind=kind, value=value)
    rows = queries.changed_by(by).filter(pk__in=list(ids), archived_at=None)
    found = list(rows.select_related(None).select_for_update(of=("self",)).order_by("pk"))
    about = {"by": by, "now": now, "kind": kind}
    if kind in {"tag", "untag"}:
        tagged = _tag(by, now, found, value.strip(), add=kind == "tag")
        note(**about, value=value.strip(), rows=[(each.pk, {}) for each in tagged])
        return len(tagged)
    if kind == "field":
        return _fill(by, now, found, value)
    chosen = _chosen(kind, value)
    assigned = _assign(by, now, found, kind, chosen)
    note(**about, value=str(chosen or ""), rows=assigned)
    return len(assigned)


def _fill(by: Any, now: datetime, customers: list[Customer], value: str) -> int:
    """Fill one of the company's own fields, and note what stood in it before."""
    field, stored = filling.read(by, value)
    before = values_of("customer", [each.pk for each in customers], [field])
    about = {"by": by, "now": now}
    wanted = {each.pk: stored for each in customers}
    changed = fill(**about, customers=customers, field=field, values=wanted)
    rows = [
        (number, {"old_value": words.told(field, before.get(number, {}).get(field.key))})
        for number in sorted(changed)
    ]
    shown = f"{field.label}: {words.shown(field, stored) or '–'}"[:200]
    details = {"field": field.key, "value": words.told(field, stored)}
    note(**about, kind="field", value=shown, rows=rows, details=details)
    return len(changed)


def _tag(
    by: Any, now: datetime, customers: list[Customer], name: str, *, add: bool
) -> list[Customer]:
    """Put the tag on or take it off; return whose tags changed."""
    tag = tag_named(name) if add else Tag.objects.filter(name=name).first()
    if tag is None:
        raise ValidationError(_("There is no tag “%(name)s”.") % {"name": name})
    carrying = queries.taggings().filter(customer__in=customers, tag=tag)
    have = set(carrying.values_list("customer_id", flat=True))
    changed = [customer for customer in customers if (customer.pk in have) != add]
    if add:
        through = Customer.tags.through
        rows = [through(customer_id=customer.pk, tag_id=tag.pk) for customer in changed]
        through._default_manager.bulk_create(rows, ignore_conflicts=True, batch_size=400)
    else:
        carrying.delete()
    touch([customer.pk for customer in changed], now)
    told = {"tag": name}
    old, new = ({}, told) if add else (told, {})
    changes = ((customer, old, new) for customer in changed)
    verb = "customer.tag_added" if add else "customer.tag_removed"
    record_many(by=by, verb=verb, changes=changes, now=now)
    return changed


def _assign(
    by: Any, now: datetime, customers: list[Customer], kind: str, chosen: Any
) -> list[tuple[int, dict[str, int | None]]]:
    """Give the customers the owner or team; return owners and teams before and after."""
    pk = chosen.pk if chosen else None
    changed = [customer for customer in customers if getattr(customer, f"{kind}_id") != pk]
    names = dict(_named(kind).values_list("pk", "name"))
    changes = [
        (each, {kind: names.get(getattr(each, f"{kind}_id"))}, {kind: str(chosen or "")})
        for each in changed
    ]
    values = {kind: chosen, "version": F("version") + 1, "updated_at": now}
    if kind == "owner" and chosen is not None and chosen.team_id:
        values["team"] = chosen.team_id
    Customer.objects.filter(pk__in=[each.pk for each in changed]).update(**values)
    record_many(by=by, verb="customer.changed", changes=changes, now=now)
    after = {
        f"new_{name}_id": _number(values[name]) for name in ("owner", "team") if name in values
    }
    return [(each.pk, _ends(each) | after) for each in changed]


def _ends(customer: Customer) -> dict[str, int | None]:
    owner, team = customer.owner_id, customer.team_id
    return {"old_owner_id": owner, "old_team_id": team, "new_owner_id": owner, "new_team_id": team}


def _number(chosen: Any) -> int | None:
    """Return the number of a row, or of what is one already."""
    number: int | None = getattr(chosen, "pk", chosen)
    return number


def _chosen(kind: str, value: str) -> Any:
    if not value:
        return None
    among = people.owners() if kind == "owner" else people.owning_teams()
    found = among.filter(pk=row_number(value) or 0).first()
    if found is None:
        raise ValidationError(_("This owner or team does not exist any more; choose another."))
    return found


def _named(kind: str) -> Any:
    return people.owners() if kind == "owner" else people.owning_teams()
