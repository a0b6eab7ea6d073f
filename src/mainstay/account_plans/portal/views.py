"""The tab for our side: works, guests, what is shared."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mainstay.account_plans.workspace.queries import Account
from mainstay.account_plans.workspace.views import of_account
from mainstay.people.permissions import writes
from mainstay.shared.numbers import row_number
from mainstay.shared.versions import EditedMeanwhile

from . import actions, presenters, queries, tokens
from .forms import GuestForm, ReplyForm, SharedActionForm

get_or_post = require_http_methods(["GET", "POST"])


def _known(request: HttpRequest, account: Account) -> Any:
    return {"by": request.user, "now": timezone.now(), "account": account}


def _carried(form: Any, action: Any, **known: Any) -> bool:
    """Carry the form out; where somebody was quicker, show what was typed for a second go."""
    try:
        return bool(form.carry_out(action, **known))
    except EditedMeanwhile as told:
        form.data = data = form.data.copy()
        data["version"] = str(told.current.version)
        form.add_error(None, _("Somebody changed this meanwhile; look at it and save again."))
    return False


# -- the tab


@get_or_post
@never_cache
@writes("accounts.edit")
@of_account
def page(request: HttpRequest, account: Account) -> HttpResponse:
    """Show works, guests and actions; what a POST is to do stands in `do`."""
    if request.method == "POST":
        return _POSTED.get(request.POST.get("do", ""), _back)(request, account)
    sharing = _action(account, request.GET.get("action"))
    return _show(request, account, do=request.GET.get("do", ""), sharing=sharing)


def _show(request: HttpRequest, account: Account, **more: Any) -> HttpResponse:
    shown = presenters.page(account, timezone.now(), **more)
    return render(request, "account_portal/page.html", shown)


def _back(request: HttpRequest, account: Account) -> HttpResponse:
    return redirect("accounts:portal", account.pk)


def _action(account: Account, typed: Any) -> Any:
    pk = row_number(typed)
    return next((each for each in queries.actions(account.customer) if each[0].pk == pk), None)


def _add_work(request: HttpRequest, account: Account) -> HttpResponse:
    known = _known(request, account)
    form = presenters.work_form(account, timezone.localdate(known["now"]), request.POST)
    if _carried(form, actions.set_work, **known):
        return redirect("accounts:portal_work", account.pk, form.outcome.pk)
    return _show(request, account, do="work", form=form)


def _invite(request: HttpRequest, account: Account) -> HttpResponse:
    """Show the link this once: only its hash is kept, and an address may be logged."""
    known = _known(request, account)
    people = queries.present_people(account.customer, timezone.localdate(known["now"]))
    form = GuestForm(request.POST, contacts=list(people.values_list("pk", "name")))
    url = request.build_absolute_uri(reverse("portal:open", args=["TOKEN"]))
    if not form.carry_out(actions.invite, **known, url=url):
        return _show(request, account, do="invite", form=form)
    link = url.replace("TOKEN", tokens.token_of(form.outcome))
    return _show(request, account, link={"url": link, "guest": form.outcome})


def _withdraw(request: HttpRequest, account: Account) -> HttpResponse:
    row = queries.invitation(account.customer, row_number(request.POST.get("guest")))
    if row is not None:
        actions.withdraw(**_known(request, account), invitation=row)
        messages.success(request, _("The link opens nothing any more."))
    return _back(request, account)


def _share(request: HttpRequest, account: Account) -> HttpResponse:
    found = _action(account, request.POST.get("action"))
    if found is None:
        return _back(request, account)
    form = SharedActionForm(request.POST)
    known = _known(request, account) | {"number": found[0].pk}
    if form.carry_out(actions.share_action, **known):
        return _back(request, account)
    return _show(request, account, do="share", form=form, sharing=found)


def _hide(request: HttpRequest, account: Account) -> HttpResponse:
    if found := _action(account, request.POST.get("action")):
        actions.share_action(**_known(request, account), number=found[0].pk, words="")
    return _back(request, account)


_POSTED = {
    "work": _add_work,
    "invite": _invite,
    "withdraw": _withdraw,
    "share": _share,
    "hide": _hide,
}


# -- one work


@get_or_post
@writes("accounts.edit")
@of_account
def work(request: HttpRequest, account: Account, pk: int) -> HttpResponse:
    """Show a work with its stages and what is said of it; `do` says what a POST does."""
    row = queries.work(account.customer, pk)
    if row is None:
        raise Http404
    if request.method == "POST":
        return _DONE.get(request.POST.get("do", ""), _stay)(request, account, row)
    stage = queries.stage(row, row_number(request.GET.get("stage")))
    return _show_work(request, account, row, do=request.GET.get("do", ""), stage=stage)


def _show_work(request: HttpRequest, account: Account, row: Any, **more: Any) -> HttpResponse:
    shown = presenters.work(account, row, timezone.now(), **more)
    return render(request, "account_portal/work.html", shown)


def _stay(request: HttpRequest, account: Account, row: Any) -> HttpResponse:
    return redirect("accounts:portal_work", account.pk, row.pk)


def _set_work(request: HttpRequest, account: Account, row: Any) -> HttpResponse:
    known = _known(request, account) | {"work": row}
    form = presenters.work_form(account, timezone.localdate(known["now"]), request.POST, row)
    if _carried(form, actions.set_work, **known):
        return _stay(request, account, row)
    return _show_work(request, account, row, do="work", form=form)


def _set_stage(request: HttpRequest, account: Account, row: Any) -> HttpResponse:
    stage = queries.stage(row, row_number(request.POST.get("stage")))
    form = presenters.stage_form(request.POST, stage)
    if _carried(form, actions.set_stage, **_known(request, account), about=stage or row):
        return _stay(request, account, row)
    return _show_work(request, account, row, do="stage", form=form, stage=stage)


def _reply(request: HttpRequest, account: Account, row: Any) -> HttpResponse:
    form = ReplyForm(request.POST)
    if form.carry_out(actions.reply, **_known(request, account), work=row):
        return _stay(request, account, row)
    return _show_work(request, account, row, do="reply", form=form)


def _archive(request: HttpRequest, account: Account, row: Any) -> HttpResponse:
    actions.archive_work(**_known(request, account), work=row)
    return _back(request, account)


_DONE = {"work": _set_work, "stage": _set_stage, "reply": _reply, "archive": _archive}
