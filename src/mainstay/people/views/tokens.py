"""Keys for programs that use the API."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.people import actions, queries
from mainstay.people.forms import TokenForm
from mainstay.people.permissions import needs


@never_cache
@require_http_methods(["GET", "POST"])
@needs("api.use")
def tokens(request: HttpRequest) -> HttpResponse:
    now, form = timezone.now(), TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.carry_out(actions.create_token, by=request.user, now=now):
        secret, form = form.outcome[1], TokenForm()
    context = {"form": form, "secret": secret, "tokens": queries.tokens_of(request.user, now=now)}
    return render(request, "people/tokens.html", context)


@require_POST
@needs("api.use")
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    now = timezone.now()
    found = [t for t in queries.tokens_of(request.user, now=now) if str(t.pk) == number]
    if not found:
        raise Http404(_("There is no such token."))
    actions.revoke_token(by=request.user, token=found[0], now=now)
    messages.success(request, _("Revoked “%(name)s”.") % {"name": found[0].name})
    return redirect("people:tokens")
