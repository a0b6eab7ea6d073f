"""Write in a plan, put a version forward, decide on it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.account_plans.workspace.actions import require_edit
from mainstay.account_plans.workspace.queries import Account
from mainstay.customers.queries import seen_by
from mainstay.records.actions import record
from mainstay.shared import versions
from mainstay.shared.personal_data import Erasing, holding, without

from . import paper, queries, rules
from .choices import Part, State
from .models import Passage, PlanVersion

MOST = 40  # own sentences of a plan


class TooLong(ValidationError):
    """The plan takes more pages than anybody reads."""


@transaction.atomic
def write(
    *, by: Any, now: datetime, account: Account, part: str, key: str = "", text: str
) -> Passage:
    """Write a sentence in place of a generated one, or, without key, one of the team's own.

    Empty text leaves a generated sentence out of the paper.
    """
    require_edit(by, account)
    _lock(by, account)
    mine = queries.passages(account.customer).filter(part=part)
    shown, basis = queries.said(account, now, Part(part), key) if key else ("", "")
    row = mine.filter(key=key).first() if key else None
    if row is None:
        row = Passage(customer=account.customer, part=part, key=key)
    if not key:
        _own(text, mine.filter(key="").count())
    elif row.pk is None and not shown:
        raise ValidationError(_("The plan does not say this any more; open it again."))
    old = row.text or shown
    values = {"text": text, "basis": basis, "instead_of": shown, "by": by}
    versions.apply(row, values)
    row.save()
    _note(by, now, account, old={"text": old}, new={"text": text})
    return row


def _own(text: str, there: int) -> None:
    if not text.strip():
        raise ValidationError({"text": _("Write a sentence.")})
    if there >= MOST:
        words = _("A part has %(n)d sentences of your own at most; shorten it first.")
        raise ValidationError({"text": words % {"n": MOST}})


@transaction.atomic
def rewrite(*, by: Any, now: datetime, account: Account, passage: Passage, text: str) -> None:
    """Change a sentence of the team's own; empty text takes it off."""
    require_edit(by, account)
    old = {"text": passage.text}
    if text.strip():
        versions.apply(passage, {"text": text, "by": by})
        passage.save()
    else:
        passage.delete()
    _note(by, now, account, old=old, new={"text": text})


@transaction.atomic
def take_generated(*, by: Any, now: datetime, account: Account, passage: Passage) -> None:
    """Let the plan say what the data say again."""
    require_edit(by, account)
    old = {"text": passage.text}
    passage.delete()
    _note(by, now, account, old=old, new={})


def _note(by: Any, now: datetime, account: Account, **values: Any) -> None:
    record(by=by, verb="account_plan.written", target=account.customer, now=now, **values)


def _lock(by: Any, account: Account) -> None:
    seen_by(by).select_for_update(of=("self",)).get(pk=account.pk)


@transaction.atomic
def put_forward(*, by: Any, now: datetime, account: Account, note: str = "") -> PlanVersion:
    """Keep the plan as it is as a version that awaits approval.

    Raises
    ------
        TooLong: it takes more than six pages.
    """
    require_edit(by, account)
    _lock(by, account)
    content = queries.paper(queries.plan(account, now))
    pages = paper.pages(paper.told(content, state="", people=[]))
    if rules.length(pages) == rules.Length.LONG:
        text = _(
            "The plan takes %(n)d pages; %(most)d are the most. Shorten or leave out sentences."
        )
        raise TooLong(text % {"n": pages, "most": rules.MOST_PAGES})
    row = PlanVersion(
        customer=account.customer, content=content, pages=pages, note=note, made_by=by, made_at=now
    )
    versions.check(row)
    row.save()
    new = {"version": row.pk, "pages": pages}
    record(by=by, verb="account_plan.put_forward", target=account.customer, new=new, now=now)
    return row


@transaction.atomic
def decide(
    *,
    by: Any,
    now: datetime,
    account: Account,
    version: PlanVersion,
    state: str,
    remark: str = "",
) -> PlanVersion:
    """Approve a version or send it back: somebody else than who put it forward."""
    require_edit(by, account)
    rows = PlanVersion.objects.filter(customer=account.customer)
    row: PlanVersion = versions.locked(rows, version.pk, None)
    if row.state != State.PROPOSED:
        raise ValidationError(_("This version was decided on already."))
    if row.made_by_id == by.pk:
        raise PermissionDenied(_("Somebody else than who put the plan forward decides on it."))
    if state not in (State.APPROVED, State.REFUSED):
        raise ValidationError({"state": _("Approve it, or send it back.")})
    if state == State.REFUSED and not remark:
        raise ValidationError({"remark": _("Say why, so that it can be mended.")})
    row.state, row.remark, row.decided_by, row.decided_at = state, remark, by, now
    versions.check(row)
    row.save()
    new = {"version": row.pk, "state": row.state, "remark": remark}
    record(by=by, verb="account_plan.decided", target=account.customer, new=new, now=now)
    return row


def erase(erasing: Erasing) -> int:
    """Delete the plans for erased customers, and take erased people out of all others."""
    theirs = PlanVersion.objects.filter(customer__in=erasing.subject.customers)
    gone, _by_model = theirs.delete()
    rows: Any = list(holding(PlanVersion, ("content", "note", "remark"), erasing.words))
    for row in rows:
        for name in ("content", "note", "remark"):
            setattr(row, name, without(getattr(row, name), erasing.words, "–"))
    PlanVersion.objects.bulk_update(rows, ["content", "note", "remark"])
    return gone + len(rows)
