"""Put a buying centre together: people, roles, lines, places on the map, complexity."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.account_plans.presets import next_key
from mainstay.account_plans.workspace.actions import EDIT, require_edit
from mainstay.account_plans.workspace.queries import Account
from mainstay.analysis.accounts.buying_centre import FACTORS, circles
from mainstay.customers.queries import contacts_at
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions

from . import queries
from .models import Influence, Member, Purchase, RoleWording


@transaction.atomic
def add(
    *, by: Any, now: datetime, account: Account, contact: int, values: Mapping[str, Any]
) -> Member:
    """Take a person of the customer into its buying centre."""
    require_edit(by, account)
    person = contacts_at(account.customer).filter(pk=contact).first()
    if person is None:
        raise ValidationError({"contact": _("This person does not work there; choose another.")})
    rows = queries.members(account.pk)
    if rows.filter(contact=person).exists():
        raise ValidationError({"contact": _("This person is in the buying centre already.")})
    if rows.count() >= queries.MOST_MEMBERS:
        text = _("A buying centre has %(n)d people at most; take somebody off first.")
        raise ValidationError(text % {"n": queries.MOST_MEMBERS})
    row = Member(customer=account.customer, contact=person, name=person.name)
    row.position = queries.position_of(account, person.pk)
    _old, new = _apply(row, account, values)
    row.save()
    record(by=by, verb="buying_centre.added", target=row, new=new, now=now)
    return row


@transaction.atomic
def change(
    *,
    by: Any,
    now: datetime,
    account: Account,
    member: Member,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Member:
    """Change roles, goals, influence, support, or to whom somebody reports."""
    require_edit(by, account)
    row: Member = versions.locked(queries.members(account.pk), member.pk, version)
    old, new = _apply(row, account, values)
    row.version += 1
    row.save()
    record(by=by, verb="buying_centre.changed", target=row, old=old, new=new, now=now)
    return row


def _apply(
    row: Member, account: Account, values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    if set(values.get("roles", ())) - {role.key for role in queries.roles()} - set(row.roles):
        raise ValidationError({"roles": _("Choose roles of the list.")})
    if "reports_to" in values:
        _may_report(row, account, values["reports_to"])
    return versions.apply(row, values)


def _may_report(row: Member, account: Account, boss: Member | None) -> None:
    if boss is None:
        return
    others = {each.pk: each for each in queries.members(account.pk)}
    if boss.pk not in others:
        raise ValidationError({"reports_to": _("Choose somebody of this buying centre.")})
    reports = {each.pk: each.reports_to_id for each in others.values()}
    ring = next((r for r in circles(reports | {row.pk or 0: boss.pk}) if row.pk in r), None)
    if ring is not None:
        names = " → ".join(others[pk].name for pk in (*ring, ring[0]))
        text = _("That would be a circle: %(names)s. Say first who reports to nobody of them.")
        raise ValidationError({"reports_to": text % {"names": names}})


@transaction.atomic
def take_off(*, by: Any, now: datetime, account: Account, member: Member) -> None:
    """Take somebody off; what was known is kept, and who reported to them reports to nobody."""
    require_edit(by, account)
    rows = Member.objects.filter(pk=member.pk, customer=account.pk, archived_at=None)
    if rows.update(archived_at=now):
        Member.objects.filter(reports_to=member.pk).update(reports_to=None)
        record(by=by, verb="buying_centre.taken_off", target=member, now=now)


@transaction.atomic
def place(*, by: Any, now: datetime, account: Account, member: Member, x: int, y: int) -> None:
    """Move somebody on the map."""
    require_edit(by, account)
    versions.apply(member, {"x": x, "y": y})
    member.save(update_fields=["x", "y"])
    record(by=by, verb="buying_centre.placed", target=member, now=now)


@transaction.atomic
def arrange(*, by: Any, now: datetime, account: Account) -> None:
    """Let the lines of reporting place everybody again."""
    require_edit(by, account)
    if queries.members(account.pk).update(x=None, y=None):
        record(by=by, verb="buying_centre.arranged", target=account.customer, now=now)


@transaction.atomic
def draw(
    *, by: Any, now: datetime, account: Account, kind: str, source: Member, target: Member
) -> None:
    """Draw a line between two people, or take it away where it is there already.

    `kind` is reporting (the source reports to the target) or influence.
    """
    require_edit(by, account)
    if source.pk == target.pk:
        raise ValidationError(_("A line leads from one person to another."))
    if kind == "reporting":
        boss = None if source.reports_to_id == target.pk else target
        change(by=by, now=now, account=account, member=source, values={"reports_to": boss})
        return
    gone, _models = Influence.objects.filter(source=source, target=target).delete()
    if not gone:
        Influence.objects.create(source=source, target=target)
    names = {"from": source.name, "to": target.name}
    changes = {"old": names, "new": {}} if gone else {"old": {}, "new": names}
    record(by=by, verb="buying_centre.influence", target=account.customer, **changes, now=now)


@transaction.atomic
def judge_purchase(
    *, by: Any, now: datetime, account: Account, factors: Mapping[str, int], note: str = ""
) -> Purchase:
    """Say how complex the purchase is, factor by factor."""
    require_edit(by, account)
    marks = range(1, 6)
    if (
        not factors
        or set(factors) - set(FACTORS)
        or any(value not in marks for value in factors.values())
    ):
        raise ValidationError(_("Judge the factors of the list, each from 1 to 5."))
    row = Purchase(customer=account.customer, factors=dict(factors), by=by, at=now)
    versions.apply(row, {"note": note})
    row.save()
    new = row.factors
    record(by=by, verb="buying_centre.complexity", target=account.customer, new=new, now=now)
    return row


@transaction.atomic
def word_role(*, by: Any, now: datetime, values: Mapping[str, Any], key: str = "") -> RoleWording:
    """Word a role as the company does, or add one (no key)."""
    require(by, EDIT)
    known = {each.key: each for each in queries.roles()}
    if key and key not in known:
        raise ValidationError(_("This role was put away; load the page again."))
    rows = RoleWording.objects.select_for_update()
    keys = list(rows.values_list("key", flat=True))
    row = rows.filter(key=key).first() or RoleWording(key=key or next_key(keys))
    if any(str(other.name) == values["name"] for at, other in known.items() if at != row.key):
        raise ValidationError({"name": _("There is a role of this name; choose another.")})
    old, new = versions.apply(row, values)
    row.save()
    record(by=by, verb="role.worded", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def put_away_role(*, by: Any, now: datetime, key: str) -> None:
    """Offer a role no more; who has it keeps it on record."""
    require(by, EDIT)
    found = {each.key: each for each in queries.roles()}.get(key)
    if found is not None:
        texts = {"name": str(found.name), "meaning": str(found.meaning), "classic": found.classic}
        row, _new = RoleWording.objects.get_or_create(key=key, defaults=texts)
        RoleWording.objects.filter(pk=row.pk).update(archived_at=now)
        record(by=by, verb="role.put_away", target=row, now=now)


@transaction.atomic
def take_back_role(*, by: Any, now: datetime, key: str) -> None:
    """Offer a role again that was put away."""
    require(by, EDIT)
    row = RoleWording.objects.filter(key=key).exclude(archived_at=None).first()
    if row is not None:
        RoleWording.objects.filter(pk=row.pk).update(archived_at=None)
        record(by=by, verb="role.taken_back", target=row, now=now)
