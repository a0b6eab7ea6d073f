"""Pages of board packs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from mainstay.people.permissions import needs

from . import actions, presenters, queries
from .forms import PackForm


@require_GET
@needs("money.view")
def packs(request: HttpRequest) -> HttpResponse:
    form = PackForm(initial={"language": get_language()})
    page = presenters.page(request.user, form, now=timezone.now())
    if request.htmx and not page["open"]:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "value/board/packs.html", page)


@require_POST
@needs("money.view")
def make(request: HttpRequest) -> HttpResponse:
    form = PackForm(request.POST)
    language = form.cleaned_data["language"] if form.is_valid() else get_language() or "en"
    try:
        actions.order_pack(by=request.user, language=language, now=timezone.now())
    except actions.NothingToPrint as reason:
        messages.error(request, str(reason))
    return redirect("value:board_packs")


@require_GET
@needs("money.view")
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    pack = queries.own_pack(request.user, pk=pk)
    if pack is None or pack.content is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{queries.file_name(pack)}"'}
    return HttpResponse(bytes(pack.content), content_type="application/pdf", headers=headers)
