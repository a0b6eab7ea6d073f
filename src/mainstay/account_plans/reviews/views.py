"""The pages of reviews."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.account_plans.workspace.queries import Account
from mainstay.account_plans.workspace.views import of_account
from mainstay.people.permissions import writes
from mainstay.shared.numbers import row_number
from mainstay.shared.paper import NoFonts
from mainstay.shared.versions import EditedMeanwhile

from . import actions, paper, presenters, queries
from .forms import ChangedMeetingForm, DecisionForm, MeetingForm, MinutesForm, PointForm

get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
@writes("accounts.edit")
@of_account
def reviews(request: HttpRequest, account: Account) -> HttpResponse:
    """Show the reviews; POST plans one."""
    form = MeetingForm(request.POST, account=account) if request.method == "POST" else None
    if form and form.carry_out(actions.plan, by=request.user, now=timezone.now(), account=account):
        return redirect("accounts:review", account.pk, form.outcome.pk)
    shown = presenters.page(account, timezone.now(), form)
    return render(request, "account_reviews/list.html", shown)


@get_or_post
@writes("accounts.edit")
@of_account
def review(request: HttpRequest, account: Account, pk: int) -> HttpResponse:
    """Show a review; what a POST is to do stands in `do`."""
    meeting = _meeting(account, pk)
    if request.method == "POST":
        do = request.POST.get("do", "")
        return _POSTED.get(do, _back)(request, account, meeting)
    point = _point(request.GET, meeting)
    return _show(request, account, meeting, do=request.GET.get("do", ""), point=point)


def _meeting(account: Account, pk: int) -> Any:
    row = queries.meeting(account.pk, pk)
    if row is None:
        raise Http404
    return row


def _point(given: Any, meeting: Any) -> Any:
    wanted = row_number(given.get("point"))
    return next((row for row in queries.points(meeting) if row.pk == wanted), None)


def _show(request: HttpRequest, account: Account, meeting: Any, **more: Any) -> HttpResponse:
    shown = presenters.review(account, meeting, timezone.now(), **more)
    return render(request, "account_reviews/page.html", shown)


def _back(request: HttpRequest, account: Account, meeting: Any) -> HttpResponse:
    return redirect("accounts:review", account.pk, meeting.pk)


def _known(request: HttpRequest, account: Account, meeting: Any) -> Any:
    return {"by": request.user, "now": timezone.now(), "account": account, "meeting": meeting}


def _carried(
    request: HttpRequest, account: Account, meeting: Any, form: Any, action: Any, **about: Any
) -> HttpResponse:
    """Carry the form out, or show it with what is wrong."""
    do, point = request.POST["do"], about.get("point")
    try:
        if form.carry_out(action, **_known(request, account, meeting), **about):
            return _back(request, account, meeting)
    except EditedMeanwhile as told:
        form.data = data = request.POST.copy()
        data["version"] = str(told.current.version)
        form.add_error(None, _("Somebody changed this meanwhile; look at it and save again."))
    return _show(request, account, meeting, do=do, form=form, point=point)


def _change(request: HttpRequest, account: Account, meeting: Any) -> HttpResponse:
    form = ChangedMeetingForm(request.POST, account=account)
    return _carried(request, account, meeting, form, actions.change)


def _minutes(request: HttpRequest, account: Account, meeting: Any) -> HttpResponse:
    return _carried(request, account, meeting, MinutesForm(request.POST), actions.change)


def _write_point(request: HttpRequest, account: Account, meeting: Any) -> HttpResponse:
    form, point = PointForm(request.POST), _point(request.POST, meeting)
    return _carried(request, account, meeting, form, actions.write_point, point=point)


def _decide(request: HttpRequest, account: Account, meeting: Any) -> HttpResponse:
    return _carried(request, account, meeting, DecisionForm(request.POST), actions.decide)


def _renew(request: HttpRequest, account: Account, meeting: Any) -> HttpResponse:
    n = actions.renew(**_known(request, account, meeting))
    text = ngettext("%(n)s point told anew.", "%(n)s points told anew.", n)
    messages.success(request, text % {"n": n})
    return _back(request, account, meeting)


def _hold(request: HttpRequest, account: Account, meeting: Any) -> HttpResponse:
    held = request.POST.get("held", "") == "yes"
    try:
        actions.hold(**_known(request, account, meeting), held=held)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return _back(request, account, meeting)


def _archive(request: HttpRequest, account: Account, meeting: Any) -> HttpResponse:
    actions.archive(**_known(request, account, meeting))
    return redirect("accounts:reviews", account.pk)


_POSTED = {
    "settings": _change,
    "minutes": _minutes,
    "point": _write_point,
    "decide": _decide,
    "renew": _renew,
    "hold": _hold,
    "archive": _archive,
}


@require_GET
@of_account
def pdf(request: HttpRequest, account: Account, pk: int) -> HttpResponse:
    """Send agenda, decisions and minutes; what is among us only stands there when asked for."""
    meeting, inside = _meeting(account, pk), request.GET.get("inside") == "yes"
    try:
        content = paper.pdf(paper.told(account, meeting, timezone.now(), inside=inside))
    except NoFonts as reason:
        messages.error(request, str(reason))
        return redirect("accounts:review", account.pk, pk)
    headers = {"Content-Disposition": f'inline; filename="review-{meeting.held_on}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
