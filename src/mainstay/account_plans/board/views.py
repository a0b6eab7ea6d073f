"""The page of the board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mainstay.people.permissions import needs
from mainstay.shared.numbers import row_number

from . import presenters


@require_GET
@needs("accounts.view")
def page(request: HttpRequest) -> HttpResponse:
    owner, sort = row_number(request.GET.get("owner")), request.GET.get("sort", "")
    at = row_number(request.GET.get("page"))
    shown = presenters.page(request.user, timezone.now(), owner=owner, sort=sort, at=at)
    return render(request, "account_plans/board/page.html", shown)
