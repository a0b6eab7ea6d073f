"""Pages across capabilities."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.cockpit import presenters
from mainstay.people.permissions import require


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    require(request.user, "home.view")
    return render(request, "cockpit/home.html", presenters.home(request.user))
