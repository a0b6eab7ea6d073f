from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mainstay.records import presenters, queries
from mainstay.shared import access, paging

PAGE_SIZE = 100


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    access.require(request.user, "records.view")
    wish = queries.Wish.of(request.GET)
    events, cursor = queries.listed(request.user, wish), request.GET.get("cursor", "")
    try:
        page = paging.page(events, order=("-at", "-id"), size=PAGE_SIZE, cursor=cursor)
    except paging.BadCursor as error:
        raise BadRequest(_("This list has no such page. Start at the first.")) from error
    return render(request, "records/index.html", presenters.listing(page, request.user, wish))
