"""Customer equity and who moved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.people.permissions import needs

from . import presenters


@require_GET
@needs("value.view")
def page(request: HttpRequest) -> HttpResponse:
    shown = presenters.page(request.user, kind=request.GET.get("kind", ""))
    return render(request, "value/movements/page.html", shown)
