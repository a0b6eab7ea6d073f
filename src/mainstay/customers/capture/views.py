"""Pages of capture, for staff."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.customers import pages
from mainstay.people.permissions import needs, writes

from . import actions, presenters, queries, tokens
from .forms import AttachForm, BatchForm, FieldForm, RedeemForm, TouchpointForm, VisitorsForm

get_or_post = require_http_methods(["GET", "POST"])
QR_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@require_GET
@needs("customers.view")
def index(request: HttpRequest) -> HttpResponse:
    context = presenters.index(request.user, timezone.now())
    return render(request, "capture/index.html", context)


@get_or_post
@needs("capture.edit")
def add(request: HttpRequest) -> HttpResponse:
    form = presenters.edit_form(None, request.POST or None, request.FILES or None)
    if form.carry_out(actions.save_form, by=request.user, now=timezone.now()):
        messages.success(request, _("The form is there; add what else it asks."))
        return redirect("capture:form", form.outcome.pk)
    return render(request, "capture/edit.html", {"form": form, "row": None})


@get_or_post
@needs("capture.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(queries.form(pk))
    form = presenters.edit_form(row, request.POST or None, request.FILES or None)
    if form.carry_out(actions.save_form, by=request.user, now=timezone.now(), form=row):
        return redirect("capture:form", pk)
    return render(request, "capture/edit.html", {"form": form, "row": row})


@require_GET
@needs("customers.view")
def form(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(queries.form(pk))
    return render(request, "capture/form.html", presenters.form_page(request, row, timezone.now()))


@require_POST
@needs("capture.edit")
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(queries.form(pk))
    actions.archive_form(by=request.user, now=timezone.now(), form=row)
    messages.success(
        request, _("%(name)s is put away; its addresses lead nowhere now.") % {"name": row}
    )
    return redirect("capture:index")


@require_POST
@needs("capture.edit")
def add_field(request: HttpRequest, pk: int) -> HttpResponse:
    return _added(request, pk, FieldForm(request.POST, auto_id="new-field-%s"), "field_form")


@require_POST
@needs("capture.edit")
def add_place(request: HttpRequest, pk: int) -> HttpResponse:
    return _added(
        request, pk, TouchpointForm(request.POST, auto_id="new-place-%s"), "touchpoint_form"
    )


def _added(request: HttpRequest, pk: int, small: Any, name: str) -> HttpResponse:
    """Add a field or a place, or show the form's page with what is wrong."""
    row, now = _found(queries.form(pk)), timezone.now()
    action = actions.add_field if name == "field_form" else actions.add_touchpoint
    if small.carry_out(action, by=request.user, now=now, form=row):
        return redirect("capture:form", pk)
    context = presenters.form_page(request, row, now) | {name: small}
    return render(request, "capture/form.html", context)


@require_POST
@needs("capture.edit")
def change_field(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    field = _found(queries.field(_found(queries.form(pk)), number))
    known = {"by": request.user, "now": timezone.now(), "field": field}
    try:
        if "remove" in request.POST:
            actions.remove_field(**known)
        else:
            actions.move_field(**known, up="up" in request.POST)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("capture:form", pk)


@require_POST
@needs("capture.edit")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(queries.touchpoint(pk))
    actions.revoke_touchpoint(by=request.user, now=timezone.now(), touchpoint=row)
    messages.success(request, _("The address of “%(name)s” leads nowhere now.") % {"name": row})
    return redirect("capture:form", row.form_id)


@get_or_post
@needs("capture.edit")
def visitors(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(queries.touchpoint(pk))
    small = VisitorsForm(request.POST or None, initial={"visitors": row.visitors})
    known: Any = {"by": request.user, "now": timezone.now(), "touchpoint": row}
    if small.carry_out(actions.count_visitors, **known):
        return redirect("capture:form", row.form_id)
    return render(
        request, "capture/small.html", {"form": small, "title": row.name, "row": row.form}
    )


@require_GET
@needs("customers.view")
def qr(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    row = _found(queries.touchpoint(pk))
    if kind not in QR_TYPES:
        raise Http404
    picture = presenters.qr(presenters.public_url(request, row), kind)
    response = HttpResponse(picture, content_type=QR_TYPES[kind])
    response["Content-Disposition"] = f'inline; filename="qr-{pk}.{kind}"'
    return response


@require_GET
@needs("customers.view")
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(queries.touchpoint(pk))
    context = {"row": row, "url": presenters.public_url(request, row)}
    return render(request, "capture/poster.html", context)


@get_or_post
@needs("interactions.edit")
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead an agent through the script; what is filled in counts for the telephone."""
    row, now = _found(queries.form(pk)), timezone.now()
    place = queries.phone_touchpoint(row)
    small = presenters.built_form(row, request.POST or None)
    context = {"shown": row, "form": small, "place": place, "steps": presenters.steps(row)}
    nonce = request.POST.get("nonce", "")[:32] or tokens.fresh()
    known: Any = {"by": request.user, "now": now, "touchpoint": place, "nonce": nonce}
    if place and small.carry_out(actions.send, **known):
        return redirect("capture:capture", small.outcome.pk)
    return render(request, "capture/call.html", context | {"nonce": nonce})


@require_GET
@needs("customers.view")
def inbox(request: HttpRequest) -> HttpResponse:
    everything = "all" in request.GET
    rows = queries.captures(request.user) if everything else queries.inbox(request.user)
    context = {"rows": rows.order_by("-captured_at", "-pk")[:200], "everything": everything}
    return render(request, "capture/inbox.html", context)


@get_or_post
@needs("customers.view")
@writes("customers.edit")
def capture(request: HttpRequest, pk: int) -> HttpResponse:
    row = _capture(request, pk)
    small = AttachForm(request.POST or None, user=request.user)
    known: Any = {"by": request.user, "now": timezone.now(), "capture": row}
    if small.carry_out(actions.attach, **known):
        return redirect(pages.url(small.outcome.pk))
    context = presenters.capture_page(request.user, row, small)
    return render(request, "capture/capture.html", context)


@require_POST
@needs("customers.edit")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    row = _capture(request, pk)
    try:
        customer = actions.accept(by=request.user, now=timezone.now(), capture=row)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("capture:capture", pk)
    messages.success(request, _("Added %(name)s.") % {"name": customer})
    return redirect(pages.url(customer.pk))


@require_POST
@needs("customers.edit")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.refuse(by=request.user, now=timezone.now(), capture=_capture(request, pk))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("capture:inbox")


@require_GET
@needs("customers.view")
def coupons(request: HttpRequest) -> HttpResponse:
    context = {"batches": queries.batches(), "form": RedeemForm()}
    return render(request, "capture/coupons.html", context)


@get_or_post
@needs("interactions.edit")
def redeem(request: HttpRequest) -> HttpResponse:
    small = RedeemForm(request.POST or None)
    known: Any = {"by": request.user, "now": timezone.now(), "today": timezone.localdate()}
    if small.carry_out(actions.redeem, **known):
        messages.success(
            request, _("Redeemed: %(benefit)s.") % {"benefit": small.outcome.batch.benefit}
        )
        return redirect("capture:coupons")
    return render(request, "capture/coupons.html", {"batches": queries.batches(), "form": small})


@get_or_post
@needs("capture.edit")
def add_batch(request: HttpRequest) -> HttpResponse:
    small = BatchForm(request.POST or None)
    if small.carry_out(actions.add_batch, by=request.user, now=timezone.now()):
        return redirect("capture:batch", small.outcome.pk)
    context = {"form": small, "title": _("New coupons"), "row": None}
    return render(request, "capture/small.html", context)


@require_GET
@needs("customers.view")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(queries.batch(pk))
    return render(request, "capture/batch.html", presenters.coupon_page(request.user, row))


def _capture(request: HttpRequest, pk: int) -> Any:
    return _found(queries.captures(request.user).filter(pk=pk).first())


def _found(row: Any) -> Any:
    if row is None:
        raise Http404
    return row
