"""The pages of our team."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mainstay.account_plans.workspace.queries import Account
from mainstay.account_plans.workspace.views import of_account
from mainstay.people.permissions import writes
from mainstay.shared.numbers import row_number

from . import actions, presenters, queries
from .forms import MemberForm, SkillsForm

PAGE = "account_plans/team/page.html"
get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
@writes("accounts.edit")
@of_account
def page(request: HttpRequest, account: Account) -> HttpResponse:
    """Show the team; POST adds or changes somebody, or lets them leave."""
    given = request.POST if request.method == "POST" else request.GET
    row = queries.member(account.customer, row_number(given.get("member")))
    if request.method == "POST":
        return _change(request, account, row)
    shown = presenters.page(account, do=given.get("do", ""), member=row)
    return render(request, PAGE, shown)


def _change(request: HttpRequest, account: Account, row: Any) -> HttpResponse:
    known: Any = {"by": request.user, "now": timezone.now(), "account": account}
    if request.POST.get("do") == "remove":
        if row is not None:
            actions.remove_member(**known, member=row)
        return redirect("accounts:team", account.pk)
    form = MemberForm(request.POST)
    if form.carry_out(actions.set_member, **known, member=row):
        return redirect("accounts:team", account.pk)
    return render(request, PAGE, presenters.page(account, do="member", member=row, form=form))


@get_or_post
@writes("accounts.edit")
@of_account
def skills(request: HttpRequest, account: Account, pk: int) -> HttpResponse:
    """Show a person's skills to judge."""
    whom = queries.person(request.user, pk)
    if whom is None:
        raise Http404
    form = SkillsForm(request.POST or None, skills=queries.skills(whom))
    if request.method == "POST" and form.is_valid():
        known: Any = {"by": request.user, "now": timezone.now(), "whom": whom}
        actions.judge_skills(**known, ratings=form.ratings())
        return redirect("accounts:team", account.pk)
    shown = presenters.skills_page(account, whom, form)
    return render(request, "account_plans/team/skills.html", shown)
