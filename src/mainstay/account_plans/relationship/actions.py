"""Rate a relationship, invite the customer to rate it, say how we sell and at which level."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.account_plans.presets import next_key
from mainstay.account_plans.workspace.actions import EDIT, require_edit
from mainstay.account_plans.workspace.queries import Account
from mainstay.customers.queries import contacts_at
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions

from . import queries
from .choices import POINTS, Side
from .models import Approach, Invitation, LevelNote, Rating, Wording

LIFE = timedelta(days=30)


@transaction.atomic
def rate(
    *, by: Any, now: datetime, account: Account, criterion: str, values: Mapping[str, Any]
) -> Rating | None:
    """Note what the person thinks of a criterion; None where nothing is new."""
    require_edit(by, account)
    known = {each.key: each for each in queries.criteria()}
    if criterion not in known:
        raise ValidationError(_("This criterion was put away; load the page again."))
    before = queries.own_ratings(account.pk, by).get(criterion)
    kept = {name: values.get(name, "") for name in ("note", "evidence")} | {
        "value": values["value"]
    }
    if (
        all(getattr(before, name) == value for name, value in kept.items())
        if before
        else not any(kept.values())
    ):
        return None
    row = Rating(customer=account.customer, criterion=criterion, side=Side.OURS, by=by, at=now)
    _old, _new = versions.apply(row, kept)
    row.save()
    name = str(known[criterion].name)
    changes = {"old": {name: before.value if before else None}, "new": {name: row.value}}
    record(by=by, verb="relationship.rated", target=account.customer, **changes, now=now)
    return row


@transaction.atomic
def invite(*, by: Any, now: datetime, account: Account, contact: int, language: str) -> Invitation:
    """Make a link for one person of the customer; an open one of the same person ends."""
    require_edit(by, account)
    person = contacts_at(account.customer).filter(pk=contact).first()
    if person is None:
        raise ValidationError({"contact": _("This person does not work there; choose another.")})
    queries.invitations(account.pk).filter(contact=person, answered_at=None).update(
        withdrawn_at=now
    )
    row = Invitation.objects.create(
        customer=account.customer,
        contact=person,
        language=language,
        nonce=secrets.token_hex(12),
        by=by,
        made_at=now,
        expires_at=now + LIFE,
    )
    new = {"contact": str(person), "language": language}
    record(by=by, verb="relationship.invited", target=account.customer, new=new, now=now)
    return row


@transaction.atomic
def withdraw(*, by: Any, now: datetime, account: Account, invitation: Invitation) -> None:
    """Let the link open nothing any more; an answer that was given stays."""
    require_edit(by, account)
    rows = Invitation.objects.filter(pk=invitation.pk, withdrawn_at=None, answered_at=None)
    if rows.update(withdrawn_at=now):
        old = {"contact": str(invitation.contact)}
        record(by=by, verb="relationship.withdrawn", target=account.customer, old=old, now=now)


@transaction.atomic
def answer(
    *, token: str, now: datetime, values: Mapping[str, tuple[int | None, str]]
) -> Invitation | None:
    """Keep what the customer's person answered, once; None where the link opens nothing."""
    found = queries.invited(token, now=now)
    if found is None:
        return None
    # Of two that send at once, one finds the row still open.
    if not Invitation.objects.filter(pk=found.pk, answered_at=None).update(answered_at=now):
        return None
    asked = {each.key for each in queries.criteria() if each.question}
    for key, (value, note) in values.items():
        if key in asked and (value or note):
            row = Rating(
                customer=found.customer, criterion=key, side=Side.THEIRS, invitation=found, at=now
            )
            versions.apply(row, {"value": value, "note": note})
            row.save()
    new = {"contact": str(found.contact)}
    record(by=None, verb="relationship.answered", target=found.customer, new=new, now=now)
    return found


@transaction.atomic
def judge_approach(
    *, by: Any, now: datetime, account: Account, answers: Mapping[str, int], note: str = ""
) -> Approach:
    """Keep how we sell to the customer, point by point."""
    require_edit(by, account)
    marks = range(1, 6)
    if (
        not answers
        or set(answers) - set(POINTS)
        or any(value not in marks for value in answers.values())
    ):
        raise ValidationError(_("Mark the points of the list, each from 1 to 5."))
    row = Approach(customer=account.customer, answers=dict(answers), by=by, at=now)
    versions.apply(row, {"note": note})
    row.save()
    record(by=by, verb="relationship.diagnosed", target=account.customer, new=row.answers, now=now)
    return row


@transaction.atomic
def set_level(*, by: Any, now: datetime, account: Account, values: Mapping[str, Any]) -> LevelNote:
    """Say at which level we are and where we want to be, and why."""
    require_edit(by, account)
    row = LevelNote(customer=account.customer, by=by, at=now)
    _old, new = versions.apply(row, values)
    row.save()
    record(by=by, verb="relationship.levelled", target=account.customer, new=new, now=now)
    return row


@transaction.atomic
def word_criterion(*, by: Any, now: datetime, values: Mapping[str, Any], key: str = "") -> Wording:
    """Word a criterion as the company does, or add one (no key)."""
    require(by, EDIT)
    known = {each.key: each for each in queries.criteria()}
    if key and key not in known:
        raise ValidationError(_("This criterion was put away; load the page again."))
    rows = Wording.objects.select_for_update()
    keys = list(rows.values_list("key", flat=True))
    row = rows.filter(key=key).first() or Wording(key=key or next_key(keys))
    if any(str(other.name) == values["name"] for at, other in known.items() if at != row.key):
        raise ValidationError({"name": _("There is a criterion of this name; choose another.")})
    old, new = versions.apply(row, values)
    row.save()
    record(by=by, verb="relationship.worded", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def put_away(*, by: Any, now: datetime, key: str) -> None:
    """Ask a criterion no more; what was rated by it is kept."""
    require(by, EDIT)
    found = {each.key: each for each in queries.criteria()}.get(key)
    if found is None:
        return
    texts = {
        name: str(getattr(found, name)) for name in ("name", "question", "low", "middle", "high")
    }
    row, _new = Wording.objects.get_or_create(
        key=key, defaults=texts | {"direction": found.direction}
    )
    Wording.objects.filter(pk=row.pk).update(archived_at=now)
    record(by=by, verb="relationship.put_away", target=row, now=now)


@transaction.atomic
def take_back(*, by: Any, now: datetime, key: str) -> None:
    """Ask a criterion again that was put away."""
    require(by, EDIT)
    row = Wording.objects.filter(key=key).exclude(archived_at=None).first()
    if row is not None:
        Wording.objects.filter(pk=row.pk).update(archived_at=None)
        record(by=by, verb="relationship.taken_back", target=row, now=now)
