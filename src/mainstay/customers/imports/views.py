"""Pages of imports."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.customers.imports import actions, allowed, forms, presenters, queries, storage
from mainstay.engine.files import Unreadable
from mainstay.people.permissions import needs

needs_import = needs("customers.import")


@require_GET
@needs_import
def index(request: HttpRequest) -> HttpResponse:
    rows = queries.newest(request.user)
    return render(request, "imports/index.html", presenters.listing(rows, request.GET))


@require_http_methods(["GET", "POST"])
@needs_import
def new(request: HttpRequest) -> HttpResponse:
    form = forms.NewImport(
        request.POST or None, request.FILES or None, user=request.user, initial=request.GET.dict()
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.begin(by=request.user, now=timezone.now(), given=form.cleaned_data)
            return redirect("imports:detail", number=row.pk)
        except (Unreadable, actions.NotNow) as refusal:
            form.add_error("file", presenters.sentence(refusal))
    return render(request, "imports/new.html", presenters.start(form, request.user))


@require_GET
@needs_import
def detail(request: HttpRequest, number: int) -> HttpResponse:
    row = _row(request, number)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "imports/detail.html#state", presenters.one(row, user=request.user))
    return render(request, "imports/detail.html", presenters.one(row, user=request.user))


@require_POST
@needs_import
def layout(request: HttpRequest, number: int) -> HttpResponse:
    row = _row(request, number)
    form = forms.LayoutForm(request.POST, row=row)
    if form.is_valid():
        _try(
            request, lambda: actions.look_again(by=request.user, row=row, wanted=form.cleaned_data)
        )
    return redirect("imports:detail", number=number)


@require_POST
@needs_import
def mapping(request: HttpRequest, number: int) -> HttpResponse:
    row = _row(request, number)
    change = actions.reopen if "back" in request.POST else partial(_save_mapping, request)
    _try(request, lambda: change(row=row))
    if request.htmx:  # type: ignore[attr-defined]
        return render(
            request, "imports/detail.html#preview", presenters.one(row, user=request.user)
        )
    return redirect("imports:detail", number=number)


@require_POST
@needs_import
def check(request: HttpRequest, number: int) -> HttpResponse:
    return _enqueue(request, number, dry_run=True)


@require_POST
@needs_import
def run(request: HttpRequest, number: int) -> HttpResponse:
    return _enqueue(request, number, dry_run=False)


@require_POST
@needs_import
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    actions.cancel(by=request.user, now=timezone.now(), row=_row(request, number))
    return redirect("imports:detail", number=number)


@require_POST
@needs_import
def delete(request: HttpRequest, number: int) -> HttpResponse:
    row = _row(request, number)
    if _try(request, lambda: actions.forget(by=request.user, now=timezone.now(), row=row)):
        messages.success(request, _("Deleted the file. What it imported stays."))
        return redirect("imports:index")
    return redirect("imports:detail", number=number)


@require_GET
@needs_import
def refused_lists(request: HttpRequest) -> HttpResponse:
    rows = queries.with_refused_rows(request.user)
    return render(
        request, "imports/refused_lists.html", presenters.refused_lists(rows, request.GET)
    )


@require_GET
@needs_import
def refused(request: HttpRequest, number: int) -> HttpResponseBase:
    row = _row(request, number)
    path = storage.folder(row.folder) / "refused.csv"
    if not path.is_file():
        raise Http404(_("This import has no list of refused rows."))
    name = f"refused-{row.pk}.csv"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv")


def _row(request: HttpRequest, number: int) -> Any:
    return get_object_or_404(queries.visible_to(request.user), pk=number)


def _save_mapping(request: HttpRequest, *, row: Any) -> None:
    kind = allowed.kind_for(request.user, row.kind)
    actions.set_mapping(
        by=request.user,
        row=row,
        mapping=forms.chosen_mapping(kind, request.POST),
        styles=forms.chosen_styles(kind, request.POST),
    )


def _enqueue(request: HttpRequest, number: int, *, dry_run: bool) -> HttpResponse:
    row = _row(request, number)
    if any(name.startswith("map-") for name in request.POST):
        _try(request, lambda: _save_mapping(request, row=row))
    now = timezone.now()
    _try(request, lambda: actions.enqueue(by=request.user, now=now, row=row, dry_run=dry_run))
    return redirect("imports:detail", number=number)


def _try(request: HttpRequest, act: Callable[[], None]) -> bool:
    """Do it, or show the sentence that says why not."""
    try:
        act()
    except (Unreadable, actions.NotNow, allowed.NotAllowed) as refusal:
        messages.error(request, presenters.sentence(refusal))
        return False
    return True
