"""Write the action table: lines, the tasks that are its actions, the strategy."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.account_plans.workspace.actions import require_edit
from mainstay.account_plans.workspace.queries import Account
from mainstay.customers import queries as customers
from mainstay.customers.todo import actions as todo
from mainstay.records.actions import record
from mainstay.shared import versions

from . import queries
from .choices import Layer, Relation, Role
from .models import ActionLine, PlannedAction, Strategy

MOST = 60  # people of an account


@transaction.atomic
def set_line(
    *,
    by: Any,
    now: datetime,
    account: Account,
    values: Mapping[str, Any],
    line: ActionLine | None = None,
    version: int | None = None,
) -> ActionLine:
    """Add a line for a person, or change one."""
    require_edit(by, account)
    customer = account.customer
    if line is not None:
        rows = ActionLine.objects.filter(archived_at=None)
        row: ActionLine = versions.locked(rows, line.pk, version)
    else:
        row = ActionLine(customer=customer)
        _room(customer)
    old, new = versions.apply(row, _named(values))
    _fits(by, row)
    row.version += line is not None
    row.save()
    verb = "account_action.line_changed" if line else "account_action.line_added"
    record(by=by, verb=verb, target=customer, old=old, new=new, now=now)
    return row


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    """Let a contact give the line its name where none is written."""
    given = dict(values)
    if given.get("contact") is not None and not given.get("person"):
        given["person"] = given["contact"].name
    return given


def _room(customer: Any) -> None:
    if queries.lines(customer).count() >= MOST:
        text = _("The table has %(n)d people, the most there may be; take one off first.")
        raise ValidationError(text % {"n": MOST})


def _fits(by: Any, row: ActionLine) -> None:
    if not row.person:
        raise ValidationError({"person": _("Choose a contact, or write a name or position.")})
    if set(row.roles) - set(Role.values) or set(row.relations) - set(Relation.values):
        raise ValidationError(_("Choose roles and relations from those offered."))
    at_home = customers.contacts_at(row.customer)
    if row.contact_id and not at_home.filter(pk=row.contact_id).exists():
        text = _("%(name)s is not a contact of this customer; add them there first.")
        raise ValidationError({"contact": text % {"name": row.contact}})
    ours = row.ours
    if ours and not customers.visible_to(ours).filter(pk=row.customer_id).exists():
        text = _("%(name)s may not see this customer; choose somebody who may.")
        raise ValidationError({"ours": text % {"name": ours}})


@transaction.atomic
def archive_line(*, by: Any, now: datetime, account: Account, line: ActionLine) -> None:
    """Take a line off; its actions stay with the account."""
    require_edit(by, account)
    if ActionLine.objects.filter(pk=line.pk, archived_at=None).update(archived_at=now):
        old = {"person": line.person}
        verb = "account_action.line_archived"
        record(by=by, verb=verb, target=account.customer, old=old, now=now)


@transaction.atomic
def plan(
    *,
    by: Any,
    now: datetime,
    account: Account,
    values: Mapping[str, Any],
    line: ActionLine | None = None,
) -> PlannedAction:
    """Plan an action: a task like any other, that the account's table shows.

    Of the values, `layer` and `entry` (of the library) are the action's, the others the task's.
    """
    require_edit(by, account)
    given = {"assignee": line.ours if line else None, **values}
    layer = Layer.PERSON if line else given.get("layer", Layer.OPERATIONAL)
    row = PlannedAction(
        customer=account.customer, line=line, layer=layer, entry=given.pop("entry", "")
    )
    given.pop("layer", None)
    about = {"customer": account.customer, "contact": line.contact if line else None}
    versions.check(row)
    row.task = todo.add(by=by, now=now, values={**about, **given})
    row.save()
    return row


@transaction.atomic
def turn(*, by: Any, now: datetime, account: Account, action: PlannedAction, state: str) -> None:
    """Finish, reopen or cancel."""
    require_edit(by, account)
    todo.TURNS[state](by=by, now=now, task=action.task)


def follow(done: Any, following: Any) -> None:
    """Let the next of a repeated task be an action where the one before was."""
    row = PlannedAction.objects.filter(task=done).first()
    if row is not None:
        row.pk, row.task = None, following
        row.save()


@transaction.atomic
def set_strategy(
    *, by: Any, now: datetime, account: Account, values: Mapping[str, Any]
) -> Strategy | None:
    """Note by which value and price the account is kept; None where nothing is new."""
    require_edit(by, account)
    customer = account.customer
    before = queries.strategy(customer)
    row = Strategy(customer=customer, by=by, at=now)
    _old, new = versions.apply(row, values)
    names = ("price", "ways", "organisation", "reason")
    old = {name: getattr(before, name) for name in names} if before else {}
    if before and all(getattr(row, name) == old[name] for name in names):
        return None
    row.save()
    record(by=by, verb="account_action.strategy", target=customer, old=old, new=new, now=now)
    return row
