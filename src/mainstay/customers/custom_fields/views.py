"""The pages on which an administrator looks after custom fields."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.people.permissions import needs
from mainstay.shared.forms import conflict
from mainstay.shared.versions import EditedMeanwhile

from . import actions, forms, presenters, queries

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("people.admin")
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "custom_fields/index.html", presenters.index(request.GET.get("of", "")))


@get_or_post
@needs("people.admin")
def add(request: HttpRequest, of: str, kind: str = "") -> HttpResponse:
    context = presenters.adding(of, kind)
    if not kind:
        return render(request, "custom_fields/types.html", context)
    form = forms.FieldForm(request.POST or None, type=context["type"])
    given = {"subject": context["of"], "type": context["type"]}
    if form.carry_out(_added, by=request.user, now=timezone.now(), given=given):
        messages.success(request, _("Added the field “%(name)s”.") % {"name": form.outcome})
        return redirect(presenters.list_url(of))
    return render(request, "custom_fields/field.html", context | {"form": form})


def _added(*, given: dict[str, str], values: dict[str, Any], **about: Any) -> Any:
    return actions.add_field(**about, values=values | given)


@get_or_post
@needs("people.admin")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    field = _one(pk)
    begun = forms.initial(field)
    form = forms.FieldForm(request.POST or None, type=field.type, field=field, initial=begun)
    context = presenters.editing(field) | {"form": form}
    try:
        if form.is_valid() and _changed(request, form, field):
            return redirect(presenters.list_url(field.subject))
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "custom_fields/field.html", context)


def _changed(request: HttpRequest, form: forms.FieldForm, field: Any) -> bool:
    about = {"by": request.user, "now": timezone.now(), "field": field}
    return form.carry_out(actions.change_field, **about, version=form.cleaned_data.get("version"))


@require_POST
@needs("people.admin")
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    field = _one(pk)
    act = actions.restore_field if field.archived_at else actions.archive_field
    act(by=request.user, now=timezone.now(), field=field)
    return redirect(presenters.list_url(field.subject))


@require_POST
@needs("people.admin")
def move(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    field = _one(pk)
    actions.move_field(by=request.user, now=timezone.now(), field=field, up=way == "up")
    return redirect(presenters.list_url(field.subject))


@get_or_post
@needs("people.admin")
def convert(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    field = _one(pk)
    try:
        context = presenters.converting(field, kind)
        if request.method == "POST":
            actions.convert(by=request.user, now=timezone.now(), field=field, to=kind)
            return redirect("custom_fields:edit", pk)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("custom_fields:edit", pk)
    return render(request, "custom_fields/convert.html", context)


def _one(pk: int) -> Any:
    return get_object_or_404(queries.every(), pk=pk)
