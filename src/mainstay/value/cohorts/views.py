"""Pages of cohorts and of the growth of loyal customers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.people.permissions import needs

from . import actions, growth_page, presenters, queries
from .forms import OwnCohortForm

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("value.view")
def overview(request: HttpRequest) -> HttpResponse:
    page = presenters.page(request.user, request.GET)
    return render(request, "value/cohorts/overview.html", {"page": page})


@require_GET
@needs("money.view")
def growth(request: HttpRequest) -> HttpResponse:
    return render(request, "value/cohorts/growth.html", {"page": growth_page.page(request.user)})


@get_or_post
@needs("value.view")
def own(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = queries.own_cohort(request.user, pk=pk) if pk else None
    if pk and row is None:
        raise Http404
    form = OwnCohortForm(request.POST or None, initial=presenters.initial(row))
    if form.carry_out(actions.save_own, by=request.user, now=timezone.now(), own=row):
        messages.success(request, _("Saved %(name)s.") % {"name": form.outcome})
        return redirect("value:own_cohorts")
    page = presenters.own_page(request.user, row) | {"form": form}
    return render(request, "value/cohorts/own.html", page)


@require_POST
@needs("value.view")
def remove_own(request: HttpRequest, pk: int) -> HttpResponse:
    row = queries.own_cohort(request.user, pk=pk)
    if row is None:
        raise Http404
    actions.remove_own(by=request.user, now=timezone.now(), own=row)
    messages.success(request, _("Removed. Its customers stay as they are."))
    return redirect("value:own_cohorts")
