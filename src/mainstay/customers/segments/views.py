"""Pages of segments."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.people.permissions import needs
from mainstay.shared.forms import conflict
from mainstay.shared.versions import EditedMeanwhile

from . import actions, building, presenters, queries
from .forms import CopyForm, PasteForm, SegmentForm

get_or_post = require_http_methods(["GET", "POST"])
VIEW, EDIT = "customers.view", "segments.edit"


@require_GET
@needs(VIEW)
def index(request: HttpRequest) -> HttpResponse:
    page = presenters.index(request.user, now=timezone.now())
    return render(request, "segments/index.html", {"page": page})


@get_or_post
@needs(EDIT)
def new(request: HttpRequest) -> HttpResponse:
    kind = "static" if request.GET.get("kind") == "static" else "live"
    form = SegmentForm(request.POST or None, kind=kind, initial={"sharing": "private"})
    if form.carry_out(actions.save_segment, by=request.user, now=timezone.now()):
        return redirect("segments:segment", pk=form.outcome.pk)
    return _edited(request, form, None, {})


@get_or_post
@needs(EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    segment = _found(request, pk)
    initial = {name: getattr(segment, name) for name in SegmentForm.base_fields}
    form = SegmentForm(request.POST or None, kind=segment.kind, initial=initial)
    try:
        if _saved(request, form, segment):
            return redirect("segments:segment", pk=pk)
    except EditedMeanwhile as told:
        return _edited(request, form, segment, conflict(form, told.current))
    return _edited(request, form, segment, {})


def _saved(request: HttpRequest, form: SegmentForm, segment: Any) -> bool:
    done = form.is_valid() and form.carry_out(
        actions.save_segment,
        by=request.user,
        now=timezone.now(),
        segment=segment,
        version=form.cleaned_data.get("version"),
    )
    if done:
        messages.success(request, _("Saved %(name)s.") % {"name": form.outcome})
    return done


def _edited(request: HttpRequest, form: Any, segment: Any, more: dict[str, Any]) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "segment": segment, **more}
    if form.kind == "live":
        raw = building.beginning(request.POST, segment)
        strict = request.method == "POST"
        context |= building.page(request.user, raw, now=timezone.now(), strict=strict)
    return render(request, "segments/edit.html", context)


@require_POST
@needs(EDIT)
def build(request: HttpRequest) -> HttpResponse:
    """Return the builder after a button was pressed or something typed; nothing is kept."""
    page = building.page(request.user, building.deed(request.POST), now=timezone.now())
    return render(request, "segments/builder.html", page)


@require_GET
@needs(VIEW)
def segment(request: HttpRequest, pk: int) -> HttpResponse:
    page = presenters.page(request.user, _found(request, pk), now=timezone.now())
    forms = {"copy_form": CopyForm(), "paste_form": PasteForm()}
    return render(request, "segments/segment.html", {"page": page, **forms})


@require_POST
@needs(EDIT)
def count(request: HttpRequest, pk: int) -> HttpResponse:
    job = actions.recount_later(segment=_found(request, pk))
    messages.success(request, _("The segment is being counted; look again in a moment."))
    return redirect("segments:segment", pk=pk) if job else redirect("segments:index")


@require_POST
@needs(EDIT)
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    known: Any = {"by": request.user, "now": timezone.now(), "segment": _found(request, pk)}
    form = CopyForm(request.POST)
    if form.carry_out(actions.fix_members, **known):
        return redirect("segments:segment", pk=form.outcome.pk)
    messages.error(request, _refusal(form))
    return redirect("segments:segment", pk=pk)


@require_POST
@needs(EDIT)
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    known: Any = {"by": request.user, "now": timezone.now(), "segment": _found(request, pk)}
    form = PasteForm(request.POST)
    if form.carry_out(actions.add_named, **known):
        _told(request, form.outcome)
    else:
        messages.error(request, _refusal(form))
    return redirect("segments:segment", pk=pk)


def _refusal(form: Any) -> str:
    return " ".join(str(each) for found in form.errors.values() for each in found)


def _told(request: HttpRequest, done: Any) -> None:
    text = ngettext(
        "%(n)d customer put on the list.", "%(n)d customers put on the list.", done.added
    )
    messages.success(request, text % {"n": done.added})
    if done.unknown:
        text = _("These lines name no customer, or several: %(lines)s.")
        shown = ", ".join(done.unknown[:10]) + ("…" if len(done.unknown) > 10 else "")  # noqa: PLR2004
        messages.warning(request, text % {"lines": shown})


@require_POST
@needs(EDIT)
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    try:
        actions.archive_segment(by=request.user, now=timezone.now(), segment=found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("segments:segment", pk=pk)
    messages.success(request, _("“%(name)s” is put away. Its customers stay.") % {"name": found})
    return redirect("segments:index")


def _found(request: HttpRequest, pk: int) -> Any:
    found = queries.with_owner(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
