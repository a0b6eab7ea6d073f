"""What the customer's invited people see: no sign-in of ours, no way into the staff site."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.people.queries import company
from mainstay.shared.numbers import row_number
from mainstay.shared.visitors import address_of

from . import visitor_presenters as presenters
from .actions import visitors as actions
from .forms import OpinionForm, RemarkForm
from .queries import visitors

COOKIE = "mainstay_portal"
PUBLIC = "account_portal/public/"
TOO_MANY, NOTHING = 429, 404
View = Callable[..., HttpResponse]


def _page(request: HttpRequest, name: str, status: int = 200, **shown: Any) -> HttpResponse:
    shown |= {"company": company().name}
    response = render(request, f"{PUBLIC}{name}.html", shown, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def for_guests(view: View) -> View:
    """Give the view who is visiting; who is not invited finds nothing, whoever else they are."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **known: Any) -> HttpResponse:
        who = visitors.visitor(request.COOKIES.get(COOKIE, ""), now=timezone.now())
        if who is None:
            return _page(request, "gone", NOTHING, ended=COOKIE in request.COOKIES)
        with translation.override(who.invitation.language):
            try:
                return view(request, who, *args, **known)
            except Http404:
                return _page(request, "nothing", NOTHING, **presenters.around(who))
            except actions.TooMany:
                return _page(request, "wait", TOO_MANY, **presenters.around(who))

    return login_not_required(never_cache(found))


@csrf_exempt  # the token of the address stands for the cookie
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def come_in(request: HttpRequest, token: str) -> HttpResponse:
    """Greet who opens the link; the POST begins the visit, so that no scanner of mails does."""
    found = visitors.invited(token, now=timezone.now())
    if found is None:
        return _page(request, "gone", NOTHING)
    with translation.override(found.language):
        if request.method == "POST":
            return _begin(request, token)
        response = _page(request, "welcome", invitation=found)
    response["Referrer-Policy"] = "no-referrer"  # the address opens the door
    return response


def _begin(request: HttpRequest, token: str) -> HttpResponse:
    try:
        key = actions.come_in(token=token, address=address_of(request), now=timezone.now())
    except actions.TooMany:
        return _page(request, "wait", TOO_MANY)
    if key is None:
        return _page(request, "gone", NOTHING)
    response = redirect("portal:home")
    response.set_cookie(
        COOKIE,
        key,
        max_age=actions.STAY,
        path=reverse("portal:home"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@for_guests
@require_GET
def home(request: HttpRequest, who: visitors.Visitor) -> HttpResponse:
    return _page(request, "home", **presenters.home(who, timezone.now()))


@for_guests
@require_http_methods(["GET", "POST"])
def work(request: HttpRequest, who: visitors.Visitor, pk: int) -> HttpResponse:
    """Show a work; POST keeps a mark for a stage or the whole, or a comment."""
    row = visitors.work(who, pk)
    if row is None:
        raise Http404
    if request.method == "POST":
        return _kept(request, who, row)
    return _page(request, "work", **presenters.work(who, row, timezone.now()))


def _kept(request: HttpRequest, who: visitors.Visitor, row: Any) -> HttpResponse:
    known: dict[str, Any] = {"who": who, "now": timezone.now(), "work": row}
    form: Any = RemarkForm(request.POST)
    act: Any = actions.comment
    stage = None
    if request.POST.get("do") == "rate":
        form, act = OpinionForm(request.POST), actions.rate
        stage = _stage(request, who, row)
        known["stage"] = stage
    if form.carry_out(act, **known):
        return redirect(f"{reverse('portal:work', args=[row.pk])}#{_anchor(form, stage)}")
    shown = presenters.work(who, row, known["now"], sent=form, about=stage)
    return _page(request, "work", **shown)


def _stage(request: HttpRequest, who: visitors.Visitor, row: Any) -> Any:
    """Return the stage that is rated, None for the whole; 404 for one that is not shown."""
    typed = request.POST.get("stage", "")
    found = visitors.stage(who, row, row_number(typed)) if typed else None
    if typed and found is None:
        raise Http404
    return found


def _anchor(form: Any, stage: Any) -> str:
    if isinstance(form, RemarkForm):
        return "talk"
    return f"stage-{stage.pk}" if stage else "whole"


@for_guests
@require_POST
def leave(request: HttpRequest, who: visitors.Visitor) -> HttpResponse:
    actions.leave(who=who, now=timezone.now())
    response = _page(request, "gone", left=True)
    response.delete_cookie(COOKIE, path=reverse("portal:home"))
    return response
