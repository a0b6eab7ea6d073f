"""Which model: all of them on the holdout of the company's own data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.people.permissions import needs
from mainstay.value import queries
from mainstay.value.presenters.overview import fits

from . import presenters


@require_GET
@needs("value.view")
def page(request: HttpRequest) -> HttpResponse:
    run = queries.current_run()
    shown = {"page": presenters.page(run), "models": fits(run)}
    return render(request, "value/comparison/models.html", shown)
