"""Members: the list, one member, invitations."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.people import actions, presenters, queries
from mainstay.people.forms import MemberFilter, MemberForm
from mainstay.people.permissions import needs

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("people.view")
def members(request: HttpRequest) -> HttpResponse:
    wished = MemberFilter(request.GET, user=request.user)
    everybody = queries.members(request.user, now=timezone.now())
    found = queries.choose_members(everybody, **wished.wishes())
    page = presenters.page_of(found, request.GET)
    part = "#rows" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"people/members.html{part}", {"filter": wished, "page": page})


@get_or_post
@needs("people.admin")
def invite(request: HttpRequest) -> HttpResponse:
    form = MemberForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.carry_out(
        actions.invite, by=request.user, now=timezone.now()
    ):
        user, token = form.outcome
        return _show_link(request, user, token)
    return render(request, "people/invite.html", {"form": form})


@get_or_post
@needs("people.admin")
def member(request: HttpRequest, pk: int) -> HttpResponse:
    user = _find(request, pk)
    form = MemberForm(request.POST or None, user=request.user, initial=presenters.initial(user))
    if request.method == "POST" and form.carry_out(
        actions.change_user, by=request.user, user=user, now=timezone.now()
    ):
        messages.success(request, _("Saved %(name)s.") % {"name": form.outcome})
        return redirect("people:members")
    return render(request, "people/member.html", {"member": user, "form": form})


@require_POST
@needs("people.admin")
def make_link(request: HttpRequest, pk: int) -> HttpResponse:
    user = _find(request, pk)
    try:
        token = actions.make_link(by=request.user, user=user, now=timezone.now())  # type: ignore[arg-type]
    except ValidationError as refusal:
        return _refused(request, pk, refusal)
    return _show_link(request, user, token)


@require_POST
@needs("people.admin")
def revoke_link(request: HttpRequest, pk: int) -> HttpResponse:
    user = _find(request, pk)
    actions.revoke_links(by=request.user, user=user, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("The link of %(name)s no longer works.") % {"name": user})
    return redirect("people:member", pk)


@require_POST
@needs("people.admin")
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    user = _find(request, pk)
    try:
        actions.deactivate(by=request.user, user=user, now=timezone.now())  # type: ignore[arg-type]
    except ValidationError as refusal:
        return _refused(request, pk, refusal)
    messages.success(
        request, _("%(name)s is signed out everywhere and may not sign in.") % {"name": user}
    )
    return redirect("people:member", pk)


@require_POST
@needs("people.admin")
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    user = _find(request, pk)
    actions.activate(by=request.user, user=user, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("%(name)s may sign in again.") % {"name": user})
    return redirect("people:member", pk)


def _find(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.members(request.user, now=timezone.now()), pk=pk)


def _refused(request: HttpRequest, pk: int, refusal: ValidationError) -> HttpResponse:
    for sentence in refusal.messages:
        messages.error(request, sentence)
    return redirect("people:member", pk)


def _show_link(request: HttpRequest, user: Any, token: str) -> HttpResponse:
    """Show the link this once: only its hash is kept, and an address may be logged."""
    link = request.build_absolute_uri(presenters.join_path(token))
    return render(request, "people/link.html", {"member": user, "link": link})
