"""Pages of a buying centre."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.account_plans.workspace.presenters import page as workspace_page
from mainstay.account_plans.workspace.queries import Account
from mainstay.account_plans.workspace.views import of_account
from mainstay.people.permissions import needs, writes
from mainstay.shared.paper import NoFonts
from mainstay.shared.versions import EditedMeanwhile

from . import actions, exporting, presenters, queries
from .forms import MemberForm, PurchaseForm, RoleForm

FOLDER = "buying_centre/"
DIGITS = 19
get_or_post = require_http_methods(["GET", "POST"])


def _number(text: str | None) -> int:
    fits = text and text.isascii() and text.isdigit() and len(text) < DIGITS
    return int(text) if text and fits else 0


def _known(request: HttpRequest, account: Account) -> Any:
    return {"by": request.user, "now": timezone.now(), "account": account}


def _member(account: Account, text: str | None) -> Any:
    found = queries.member(account.pk, _number(text))
    if found is None:
        raise Http404
    return found


@require_GET
@of_account
def page(request: HttpRequest, account: Account) -> HttpResponse:
    shown = presenters.page(account, timezone.now())
    return render(request, FOLDER + "page.html", shown)


@get_or_post
@writes("accounts.edit")
@of_account
def add(request: HttpRequest, account: Account) -> HttpResponse:
    form = _form(request, account, None)
    if request.method == "POST" and form.carry_out(actions.add, **_known(request, account)):
        return redirect("accounts:buying_centre", account.pk)
    return _shown(request, account, form, None)


@get_or_post
@writes("accounts.edit")
@of_account
def change(request: HttpRequest, account: Account, pk: int) -> HttpResponse:
    member = _member(account, str(pk))
    form = _form(request, account, member)
    if request.method == "POST" and _changed(request, account, form, member):
        return redirect("accounts:buying_centre", account.pk)
    return _shown(request, account, form, member)


def _changed(request: HttpRequest, account: Account, form: MemberForm, member: Any) -> bool:
    try:
        return form.carry_out(actions.change, **_known(request, account), member=member)
    except EditedMeanwhile:
        text = _("Somebody changed this meanwhile; load the page again, then save.")
        form.add_error(None, text)
        return False


def _form(request: HttpRequest, account: Account, member: Any) -> MemberForm:
    others = [row for row in queries.members(account.pk) if member is None or row.pk != member.pk]
    names = ("roles", "goals", "influence", "support", "version")
    initial = {name: getattr(member, name) for name in names} if member else {}
    return MemberForm(
        request.POST or None,
        contacts=None if member else queries.contacts_to_add(account),
        members=others,
        roles=queries.roles(),
        initial=initial | {"reports_to": getattr(member, "reports_to_id", None)},
    )


def _shown(request: HttpRequest, account: Account, form: MemberForm, member: Any) -> HttpResponse:
    shown = workspace_page(account, tab="buying_centre")
    return render(request, FOLDER + "member.html", shown | {"form": form, "member": member})


@require_POST
@writes("accounts.edit")
@of_account
def take_off(request: HttpRequest, account: Account, pk: int) -> HttpResponse:
    actions.take_off(**_known(request, account), member=_member(account, str(pk)))
    return redirect("accounts:buying_centre", account.pk)


@require_POST
@writes("accounts.edit")
@of_account
def place(request: HttpRequest, account: Account) -> HttpResponse:
    """Keep where somebody was moved to; without a member everybody is placed anew."""
    known = _known(request, account)
    if "arrange" in request.POST:
        actions.arrange(**known)
        return redirect("accounts:buying_centre", account.pk)
    member = _member(account, request.POST.get("member"))
    x, y = (_number(request.POST.get(name)) for name in ("x", "y"))
    try:
        actions.place(**known, member=member, x=x, y=y)
    except ValidationError:
        return HttpResponse(status=422)
    return HttpResponse(status=204)


@require_POST
@writes("accounts.edit")
@of_account
def line(request: HttpRequest, account: Account) -> HttpResponse:
    """Draw a line, or take it away."""
    ends = {name: _member(account, request.POST.get(name)) for name in ("source", "target")}
    kind = request.POST.get("kind", "")
    try:
        actions.draw(**_known(request, account), kind=kind, **ends)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("accounts:buying_centre", account.pk)


@get_or_post
@writes("accounts.edit")
@of_account
def purchase(request: HttpRequest, account: Account) -> HttpResponse:
    form = PurchaseForm(request.POST or None, given=queries.purchase(account.pk))
    if request.method == "POST" and form.is_valid():
        actions.judge_purchase(**_known(request, account), **form.arguments())
        return redirect("accounts:buying_centre", account.pk)
    shown = workspace_page(account, tab="buying_centre") | {"form": form}
    return render(request, FOLDER + "purchase.html", shown)


@require_GET
@of_account
def picture(request: HttpRequest, account: Account, kind: str) -> HttpResponse:
    """Give the map as a file: svg or png."""
    shown = presenters.picture(queries.centre(account, timezone.now()))
    title = _("Buying centre of %(name)s") % {"name": account.customer.name}
    if kind == "svg":
        return _file(
            exporting.svg(shown, title), "image/svg+xml", f"buying-centre-{account.pk}.svg"
        )
    try:
        drawn = exporting.png(shown, title)
    except NoFonts as reason:
        messages.error(request, str(reason))
        return redirect("accounts:buying_centre", account.pk)
    return _file(drawn, "image/png", f"buying-centre-{account.pk}.png")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@get_or_post
@needs("accounts.view")
@writes("accounts.edit")
def roles(request: HttpRequest) -> HttpResponse:
    """Show the roles; POST words one, or adds one."""
    key = request.POST.get("key") or request.GET.get("key", "")
    edited = next((each for each in queries.roles() if each.key == key), None)
    names = ("name", "meaning", "classic")
    initial = {name: getattr(edited, name) for name in names} if edited else {}
    form = RoleForm(request.POST or None, initial=initial)
    known: Any = {"by": request.user, "now": timezone.now(), "key": edited.key if edited else ""}
    if request.method == "POST" and form.carry_out(actions.word_role, **known):
        return redirect("accounts:roles")
    shown = {"roles": queries.roles(), "archived": queries.archived_roles()}
    return render(request, FOLDER + "roles.html", shown | {"form": form, "edited": edited})


@require_POST
@needs("accounts.edit")
def put_away_role(request: HttpRequest) -> HttpResponse:
    """Put a role away, or take one back."""
    known: Any = {"by": request.user, "now": timezone.now()}
    if back := request.POST.get("back"):
        actions.take_back_role(**known, key=back[:40])
    else:
        actions.put_away_role(**known, key=request.POST.get("key", "")[:40])
    return redirect("accounts:roles")
