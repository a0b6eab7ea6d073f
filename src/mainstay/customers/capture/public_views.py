"""What visitors see: without sign-in, session or cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.customers.talks.downloads import download

from . import actions, public_pages, queries, rules, tokens

View = Callable[..., HttpResponse]
get_or_post = require_http_methods(["GET", "POST"])


def public(view: View) -> View:
    """Open the view to everybody; the signed token of the page stands for the cookie."""

    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        touchpoint = queries.open_touchpoint(token[:64])
        if touchpoint is None:
            return render(request, "capture/public/gone.html", status=404)
        with translation.override(touchpoint.form.language):
            return view(request, touchpoint)

    return csrf_exempt(login_not_required(never_cache(found)))


@public
@get_or_post
def page(request: HttpRequest, touchpoint: Any) -> HttpResponse:
    return public_pages.answer(request, touchpoint)


@public
@get_or_post
def embed(request: HttpRequest, touchpoint: Any) -> HttpResponse:
    """Show the form inside a page of the sites that the form names, and of no other."""
    response = public_pages.answer(request, touchpoint, embedded=True)
    sites = rules.origins(touchpoint.form.sites)
    if sites:
        response._csp_replace = {"frame-ancestors": ["'self'", *sites]}  # type: ignore[attr-defined]
        response.xframe_options_exempt = True
    return response


@public
@require_POST
def seen(request: HttpRequest, touchpoint: Any) -> HttpResponse:
    """Count that the page was looked at; only the page itself has the token to say so."""
    try:
        token = request.POST.get("token", "")
        tokens.nonce(token, touchpoint.token, timezone.now(), at_once=True)
        public_pages.admit(request, "look")
    except (tokens.Unusable, actions.TooMany):
        return HttpResponse(status=204)
    actions.count_view(touchpoint=touchpoint)
    return HttpResponse(status=204)


@login_not_required
@never_cache
@require_GET
def gift(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send the file that was promised, to who has filled in the form."""
    found = public_pages.gift_of(token)
    if found is None:
        return render(request, "capture/public/gone.html", status=404)
    return download(found)


@csrf_exempt
@login_not_required
@never_cache
@get_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    capture = queries.waiting(token[:64])
    if capture is None:
        return render(request, "capture/public/gone.html", status=404)
    with translation.override(capture.language or "en"):
        if request.method == "POST":
            capture = actions.confirm(capture=capture, now=timezone.now())
        return public_pages.confirmation(request, capture)
