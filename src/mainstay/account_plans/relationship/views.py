"""Pages of a relationship for our side."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.account_plans.workspace.presenters import page as workspace_page
from mainstay.account_plans.workspace.queries import Account
from mainstay.account_plans.workspace.views import of_account
from mainstay.customers.queries import contacts_at
from mainstay.people.permissions import needs, writes

from . import actions, presenters, queries, tokens
from .forms import ApproachForm, InvitationForm, LevelForm, RatingForm, WordingForm

FOLDER = "account_relations/"
DIGITS = 19
get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
@writes("accounts.edit")
@of_account
def page(request: HttpRequest, account: Account) -> HttpResponse:
    """Show both views; POST sets the level now and wanted."""
    now, form = timezone.now(), None
    if request.method == "POST":
        form = LevelForm(request.POST)
        if form.carry_out(actions.set_level, by=request.user, now=now, account=account):
            return redirect("accounts:relationship", account.pk)
    return render(request, FOLDER + "page.html", presenters.page(account, now, level=form))


@get_or_post
@writes("accounts.edit")
@of_account
def rate(request: HttpRequest, account: Account) -> HttpResponse:
    given = queries.own_ratings(account.pk, request.user)
    form = RatingForm(request.POST or None, criteria=queries.criteria(), given=given)
    if request.method == "POST" and form.is_valid():
        known: Any = {"by": request.user, "now": timezone.now(), "account": account}
        for key, values in form.ratings():
            actions.rate(**known, criterion=key, values=values)
        return redirect("accounts:relationship", account.pk)
    shown = workspace_page(account, tab="relationship") | {"form": form}
    return render(request, FOLDER + "rate.html", shown)


@get_or_post
@writes("accounts.edit")
@of_account
def approach(request: HttpRequest, account: Account) -> HttpResponse:
    form = ApproachForm(request.POST or None, given=queries.approach(account.pk))
    if request.method == "POST" and form.is_valid():
        known: Any = {"by": request.user, "now": timezone.now(), "account": account}
        actions.judge_approach(**known, **form.arguments())
        return redirect("accounts:relationship", account.pk)
    shown = workspace_page(account, tab="relationship") | {"form": form}
    return render(request, FOLDER + "approach.html", shown)


@get_or_post
@writes("accounts.edit")
@of_account
def invitations(request: HttpRequest, account: Account) -> HttpResponse:
    """Show who was invited; POST makes a link or withdraws one."""
    contacts = list(contacts_at(account.customer).order_by("sort_name").values_list("pk", "name"))
    form = InvitationForm(request.POST or None, contacts=contacts)
    known: Any = {"by": request.user, "now": timezone.now(), "account": account}
    if request.method == "POST" and "withdraw" in request.POST:
        _withdraw(request, account, known)
        return redirect("accounts:invitations", account.pk)
    if request.method == "POST" and form.carry_out(actions.invite, **known):
        return redirect("accounts:invitations", account.pk)
    shown = workspace_page(account, tab="relationship")
    rows = [_invited(request, each) for each in queries.invitations(account.pk)]
    shown |= {"form": form, "rows": rows, "contacts": contacts, "now": known["now"]}
    return render(request, FOLDER + "invitations.html", shown)


def _invited(request: HttpRequest, row: Any) -> tuple[Any, str]:
    path = reverse("accounts:answer", args=[tokens.drawn(row)])
    return row, request.build_absolute_uri(path)


def _withdraw(request: HttpRequest, account: Account, known: Any) -> None:
    row = queries.invitation(account.pk, pk=_number(request.POST.get("withdraw")))
    if row is not None:
        actions.withdraw(**known, invitation=row)
        messages.success(request, _("The link opens nothing any more."))


def _number(text: str | None) -> int:
    fits = text and text.isascii() and text.isdigit() and len(text) < DIGITS
    return int(text) if text and fits else 0


@require_GET
@of_account
def compare(request: HttpRequest, account: Account) -> HttpResponse:
    other = _number(request.GET.get("with"))
    shown = presenters.comparison(account, other, timezone.now())
    if shown is None:
        raise Http404
    return render(request, FOLDER + "compare.html", shown)


@require_GET
@of_account
def history(request: HttpRequest, account: Account, key: str) -> HttpResponse:
    found = next((each for each in queries.criteria() if each.key == key), None)
    rows = queries.history(account.pk, key)[:200]
    if found is None and not rows:
        raise Http404
    shown = workspace_page(account, tab="relationship")
    return render(request, FOLDER + "history.html", shown | {"criterion": found, "rows": rows})


@get_or_post
@needs("accounts.view")
@writes("accounts.edit")
def criteria(request: HttpRequest) -> HttpResponse:
    """Show the criteria; POST words one, or adds one."""
    key = request.POST.get("key") or request.GET.get("key", "")
    edited = next((each for each in queries.criteria() if each.key == key), None)
    form = WordingForm(request.POST or None, initial=_texts(edited))
    known: Any = {"by": request.user, "now": timezone.now(), "key": edited.key if edited else ""}
    if request.method == "POST" and form.carry_out(actions.word_criterion, **known):
        return redirect("accounts:relation_criteria")
    shown = {"criteria": queries.criteria(), "archived": queries.archived()}
    return render(request, FOLDER + "criteria.html", shown | {"form": form, "edited": edited})


def _texts(edited: Any) -> dict[str, Any]:
    names = ("name", "question", "low", "middle", "high", "direction")
    return {name: getattr(edited, name) for name in names} if edited else {}


@require_POST
@needs("accounts.edit")
def put_away(request: HttpRequest) -> HttpResponse:
    """Put a criterion away, or take one back."""
    known: Any = {"by": request.user, "now": timezone.now()}
    if back := request.POST.get("back"):
        actions.take_back(**known, key=back[:40])
    else:
        actions.put_away(**known, key=request.POST.get("key", "")[:40])
    return redirect("accounts:relation_criteria")
