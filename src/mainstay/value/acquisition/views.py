"""Pages of new customers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.people.permissions import needs

from . import presenters


@require_GET
@needs("money.view")
def overview(request: HttpRequest) -> HttpResponse:
    months = presenters.chosen_months(request.GET.get("months", ""))
    page = presenters.page(request.user, months=months)
    return render(request, "value/acquisition/overview.html", {"page": page})
