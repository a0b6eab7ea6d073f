"""One's own profile, joining by a link, and who may do what."""

from typing import cast

from allauth.account.views import password_reset as allauth_password_reset
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.people import actions, presenters, queries
from mainstay.people.forms import JoinForm, ProfileForm
from mainstay.people.permissions import needs

get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, initial=presenters.preferences(request.user))
    if request.method == "POST" and form.carry_out(
        actions.change_profile, by=request.user, now=timezone.now()
    ):
        response = redirect("people:profile")
        presenters.remember(request, response, form.outcome)
        messages.success(request, _("Saved your profile."))
        return response
    context = {"form": form, "links": presenters.safety_links(request.user)}
    return render(request, "people/profile.html", context)


@require_GET
@needs("home.view")
def access(request: HttpRequest) -> HttpResponse:
    return render(request, "people/access.html", presenters.rights(request.user))


@require_POST
@needs("people.admin")
def role_reach(request: HttpRequest, role: str) -> HttpResponse:
    """Set how far everybody of a role sees."""
    reach = request.POST.get("reach", "")
    try:
        actions.set_role_reach(by=request.user, now=timezone.now(), role=role, reach=reach)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("people:access")


@never_cache
@sensitive_post_parameters()
@login_not_required
@get_or_post
def join(request: HttpRequest, token: str) -> HttpResponse:
    link = queries.link_for(token, now=timezone.now())
    if link is None:
        return render(request, "people/link_gone.html", status=404)
    form = JoinForm(request.POST or None, initial={"name": link.user.name})
    if request.method == "POST" and form.carry_out(actions.join, token=token, now=timezone.now()):
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("account_login")
    return render(request, "people/join.html", {"form": form, "member": link.user})


@login_not_required
@get_or_post
def reset_password(request: HttpRequest) -> HttpResponse:
    """Send a reset mail where mail is set up; else say whom to ask."""
    if settings.EMAIL_CONFIGURED:
        return cast("HttpResponse", allauth_password_reset(request))
    return render(request, "people/reset_by_administrator.html")
