"""What the pages do with an answer of the person who reviews."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.customers.duplicates import actions as duplicates
from mainstay.customers.duplicates import queries as pairs
from mainstay.customers.merging import actions, presenters, queries, reviewing, tasks


def pair(user: Any, pk: int) -> Any:
    found = pairs.pairs(user).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such pair, or it is not yours to see."))
    return found


def page(request: HttpRequest, shown: Any) -> dict[str, Any]:
    """Return what the page of one open pair shows."""
    asked = reviewing.asked(request.GET)
    members = reviewing.group(request.user, shown)
    rows = list(queries.seen_by(request.user, "customer").filter(pk__in=members).order_by("pk"))
    chosen = kept(asked, rows)
    return (
        {
            "pair": shown,
            "steps": presenters.steps(request.user, shown),
            "odds": presenters.odds(shown),
        }
        | {"again": f"?pair={shown.pk}"}
        | presenters.comparison(request.user, "customer", rows, chosen)
        | reviewing.neighbours(request.user, shown)
    )


def kept(asked: reviewing.Asked, rows: Sequence[Any]) -> int | None:
    """Return the record that shall stay, if it is one of those shown."""
    return asked.kept if asked.kept in {row.pk for row in rows} else None


def compared(user: Any, asked: reviewing.Asked, rows: Sequence[Any]) -> dict[str, Any]:
    return presenters.comparison(user, asked.subject, rows, kept(asked, rows))


def carry_out(request: HttpRequest, shown: Any) -> str:
    """Do what was answered, remember it for the key u, and say it."""
    match request.POST.get("answer", ""):
        case "merge":
            asked = reviewing.asked(request.POST)
            done = actions.merge(by=request.user, now=timezone.now(), wish=asked.wish("queue"))
            request.session[reviewing.LAST] = ["merge", done.pk]
            return presenters.merged(done.customer, len(asked.pks) - 1)
        case "distinct":
            _decide(request, shown, "distinct")
            request.session[reviewing.LAST] = ["pair", shown.pk]
            return _("Kept apart: this pair is not asked again unless a record changes.")
        case "later":
            _put_off(request, shown.pk)
            return _("Put off: it comes again after the others.")
    raise ValidationError(_("Say whether to merge, to keep apart, or to put it off."))


def _decide(request: HttpRequest, shown: Any, state: Any) -> None:
    duplicates.decide(pair=shown, state=state, by=request.user, now=timezone.now())


def _put_off(request: HttpRequest, pk: int) -> None:
    later = [one for one in request.session.get(reviewing.LATER, []) if one != pk]
    request.session[reviewing.LATER] = [*later, pk][-reviewing.MOST_LATER :]
    request.session[reviewing.LAST] = ["later", pk]


def take_back(request: HttpRequest) -> str:
    """Undo the latest answer of this sitting; return the address to go on at."""
    kind, pk = request.session.pop(reviewing.LAST, None) or ("", 0)
    here = reverse("merging:review")
    match kind:
        case "merge":
            return _undo(request, pk) or here
        case "pair":
            _decide(request, pair(request.user, pk), "open")
        case "later":
            later = request.session.get(reviewing.LATER, [])
            request.session[reviewing.LATER] = [one for one in later if one != pk]
        case _:
            raise ValidationError(_("There is nothing to take back in this sitting."))
    messages.success(request, _("Taken back."))
    return f"{here}?pair={pk}"


def _undo(request: HttpRequest, pk: int) -> str:
    """Undo a merge and open its pairs again; return its page if something was edited since."""
    row = queries.merge(request.user, pk)
    if row is None:
        raise ValidationError(_("There is no such merge, or it is not yours to see."))
    try:
        with transaction.atomic():
            actions.undo(by=request.user, now=timezone.now(), merge=row)
            opened = actions.open_pairs(by=request.user, now=timezone.now(), merge=row)
    except actions.Undecided:
        messages.error(request, _("Something was edited after the merge: say what becomes of it."))
        return reverse("merging:merge", args=[pk])
    messages.success(request, _("Taken back."))
    return f"{reverse('merging:review')}?pair={opened}" if opened else ""


def merged(request: HttpRequest, asked: reviewing.Asked) -> Any:
    """Merge records chosen by hand; None, and a message, where that cannot be."""
    try:
        done = actions.merge(by=request.user, now=timezone.now(), wish=asked.wish("hand"))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return None
    survivor = getattr(done, done.subject)
    messages.success(request, presenters.merged(survivor, len(asked.pks) - 1))
    return done


def start_by_rule(request: HttpRequest) -> str:
    """Start merging by rule as a job; return the address that shows how it goes."""
    batch = actions.by_rule.start(by=request.user, now=timezone.now())
    return reverse("jobs:detail", args=[batch.job_id])


def start_undo(request: HttpRequest, pk: int) -> str:
    """Start undoing a batch as a job; return the address that shows how it goes."""
    batch = queries.batches().filter(pk=pk).first()
    if batch is None:
        raise Http404(_("There is no such run of merging by rule."))
    with transaction.atomic():
        actions.by_rule.begin_undo(by=request.user, now=timezone.now(), batch=batch)
        job = tasks.undo_batch.using(by=request.user).enqueue(number=batch.pk)
    return reverse("jobs:detail", args=[job.id])
