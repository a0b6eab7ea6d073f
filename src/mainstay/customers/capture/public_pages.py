"""How a form answers its visitors."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.people.queries import company
from mainstay.shared.visitors import address_of

from . import actions, queries, tokens
from .forms import PublicForm


@dataclass
class GiftFile:
    place: str
    name: str


def admit(request: HttpRequest, what: str) -> None:
    """Count what the address does; raise TooMany beyond what people do."""
    actions.admit(what=what, address=address_of(request), now=timezone.now())


def answer(request: HttpRequest, touchpoint: Any, *, embedded: bool = False) -> HttpResponse:
    """Show the form, or keep what was sent and say thank you."""
    form = PublicForm(
        request.POST if request.method == "POST" else None,
        form=touchpoint.form,
        rows=queries.fields_of(touchpoint.form),
    )
    status, refusal = 200, ""
    if request.method == "POST":
        capture, refusal, status = _sent(request, touchpoint, form)
        if status == 200:  # noqa: PLR2004  HTTP
            return _thanks(request, touchpoint, capture, embedded=embedded)
    context = {
        "touchpoint": touchpoint,
        "shown": touchpoint.form,
        "form": form,
        "refusal": refusal,
        "token": _token(form, touchpoint, status),
        "company": company().name,
        "embedded": embedded,
    }
    return render(request, "capture/public/form.html", context, status=status)


def _token(form: PublicForm, touchpoint: Any, status: int) -> str:
    """Return the page's token; the one sent in stays, so that pressing again is one capture."""
    kept = str(form.data.get("token", ""))[:400] if form.is_bound else ""
    usable = kept and status != 410  # noqa: PLR2004  HTTP
    return kept if usable else tokens.drawn(touchpoint.token, timezone.now())


def _sent(request: HttpRequest, touchpoint: Any, form: PublicForm) -> tuple[Any, str, int]:
    """Return what was captured, or why not with the HTTP status; a trapped program is thanked."""
    now = timezone.now()
    if form.is_trap_sprung:
        return None, "", 200
    try:
        nonce = tokens.nonce(str(request.POST.get("token", ""))[:400], touchpoint.token, now)
        admit(request, "send")
    except tokens.Unusable as wrong:
        if wrong.young:
            return None, _("That was very quick. Please press the button once more."), 422
        return None, _("This page was open for long. Please press the button once more."), 410
    except actions.TooMany:
        return None, _("Much was sent from here just now. Please wait ten minutes."), 429
    known = {"touchpoint": touchpoint, "nonce": nonce, "now": now, "url": _confirm_url(request)}
    return (form.outcome, "", 200) if form.carry_out(actions.send, **known) else (None, "", 422)


def _confirm_url(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("public_capture:confirm", args=["TOKEN"]))


def _thanks(
    request: HttpRequest, touchpoint: Any, capture: Any, *, embedded: bool = False
) -> HttpResponse:
    waits = capture is not None and capture.state == "waiting"
    context = {
        "shown": touchpoint.form,
        "company": company().name,
        "embedded": embedded,
        "waits": waits,
        "coupon": queries.given_to(capture) if capture and not waits else None,
        "file_url": _file_url(touchpoint.form) if capture and not waits else "",
    }
    return render(request, "capture/public/thanks.html", context)


def _file_url(form: Any) -> str:
    if form.gift != "file" or not form.file_place:
        return ""
    return reverse("public_capture:gift", args=[tokens.of_gift(form.pk, timezone.now())])


def gift_of(token: str) -> GiftFile | None:
    """Return the file that the token fetches; None where there is none any more."""
    try:
        form = queries.form(tokens.gift_of(token[:400], timezone.now()))
    except tokens.Unusable:
        return None
    if form is None or form.archived_at or form.gift != "file" or not form.file_place:
        return None
    return GiftFile(form.file_place, form.file_name)


def confirmation(request: HttpRequest, capture: Any) -> HttpResponse:
    """Show the button that confirms, or the thanks once it was pressed."""
    if capture.state != "waiting":
        return _thanks(request, capture.touchpoint, capture)
    context = {"shown": capture.touchpoint.form, "company": company().name}
    return render(request, "capture/public/confirm.html", context)
