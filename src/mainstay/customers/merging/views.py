"""The pages of merging: the review, two records by hand, what was merged, and undoing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.customers.merging import actions, answers, pages, presenters, queries, reviewing
from mainstay.customers.merging.forms import RulesForm
from mainstay.people.permissions import needs
from mainstay.shared.numbers import row_number

get_or_post = require_http_methods(["GET", "POST"])
HISTORY = 100


@require_GET
@needs("customers.edit")
def review(request: HttpRequest) -> HttpResponse:
    """Show the open pair that was asked for, or the next one."""
    later = request.session.get(reviewing.LATER, [])
    wanted = row_number(request.GET.get("pair", ""))
    pair = reviewing.current(request.user, wanted, later)
    context: dict[str, Any] = {"last": request.session.get(reviewing.LAST), "later": len(later)}
    if pair is not None:
        context |= answers.page(request, pair)
    return render(request, "merging/review.html", context)


@require_POST
@needs("customers.edit")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge the pair, keep the two apart, or put it off; then show the next."""
    pair = answers.pair(request.user, pk)
    following = reviewing.neighbours(request.user, pair)["after"]
    try:
        messages.success(request, answers.carry_out(request, pair))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        following = pk
    here = reverse("merging:review")
    return redirect(f"{here}?pair={following}" if following else here)


@require_POST
@needs("customers.edit")
def take_back(request: HttpRequest) -> HttpResponse:
    """Undo the latest decision of this sitting; what was edited since is asked first."""
    try:
        return redirect(answers.take_back(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("merging:review")


@get_or_post
@needs("customers.edit")
def compare(request: HttpRequest) -> HttpResponse:
    """Show records chosen by hand side by side, and merge them."""
    asked = reviewing.asked(request.POST or request.GET)
    if request.method == "POST" and (done := answers.merged(request, asked)):
        return redirect(pages.url(done.subject, done.survivor_id))
    rows = reviewing.rows(request.user, asked)
    context: dict[str, Any] = {"subject": asked.subject}
    if len(rows) > 1:
        context |= answers.compared(request.user, asked, rows)
        context["again"] = "?" + pages.query(asked.subject, [row.pk for row in rows])
    elif rows:
        words = request.GET.get("words", "")
        context |= presenters.partners(request.user, asked.subject, rows[0], words[:100])
    return render(request, "merging/compare.html", context)


@require_GET
@needs("customers.edit")
def index(request: HttpRequest) -> HttpResponse:
    context = {"merges": presenters.history(request.user, HISTORY), "most": HISTORY}
    return render(request, "merging/index.html", context)


@require_GET
@needs("customers.edit")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "merging/merge.html", presenters.merge(request.user, _one(request, pk)))


@require_POST
@needs("customers.edit")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the merge as decided; show the later edits again where one is not decided."""
    row = _one(request, pk)
    try:
        actions.undo(by=request.user, now=timezone.now(), merge=row, decisions=request.POST.dict())
        messages.success(request, _("Undone: the records stand apart again."))
    except actions.Undecided:
        messages.error(request, _("Something was edited after the merge: say what becomes of it."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("merging:merge", pk)


@get_or_post
@needs("merging.rules")
def by_rule(request: HttpRequest) -> HttpResponse:
    """Say what merging by rule would do now, and start it."""
    if request.method == "POST":
        try:
            return redirect(answers.start_by_rule(request))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    return render(request, "merging/by_rule.html", presenters.by_rule(request.user))


@require_POST
@needs("merging.rules")
def undo_batch(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        return redirect(answers.start_undo(request, pk))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("merging:by_rule")


@get_or_post
@needs("merging.rules")
def values(request: HttpRequest) -> HttpResponse:
    """Choose for each field whose value a merge proposes."""
    subject = "contact" if request.GET.get("subject") == "contact" else "customer"
    form = RulesForm(request.POST or None, subject=subject)
    known = {"by": request.user, "now": timezone.now(), "subject": subject}
    if form.carry_out(actions.save_rules, **known):
        messages.success(request, _("Saved: the next merges propose by these rules."))
        return redirect(request.get_full_path())
    return render(request, "merging/values.html", {"form": form, "subject": subject})


def _one(request: HttpRequest, pk: int) -> Any:
    found = queries.merge(request.user, pk)
    if found is None:
        raise Http404(_("There is no such merge, or it is not yours to see."))
    return found
