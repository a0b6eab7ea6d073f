"""The page of renewals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.people.permissions import needs

from . import presenters


@require_GET
@needs("value.view")
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "value/renewals/page.html", {"page": presenters.page(request.user)})
