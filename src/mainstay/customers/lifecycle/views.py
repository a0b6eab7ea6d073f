"""The funnel, the rules behind it, and the stage of one customer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.customers import pages
from mainstay.customers import queries as customers
from mainstay.people.permissions import needs, writes
from mainstay.shared.forms import conflict
from mainstay.shared.versions import EditedMeanwhile

from . import actions, presenters, queries, tasks
from .forms import StageForm, ThresholdsForm

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("customers.view")
def funnel(request: HttpRequest) -> HttpResponse:
    wish = request.GET
    context = presenters.funnel(request.user, wish.get("channel", ""), wish.get("year", ""))
    return render(request, "lifecycle/funnel.html", context)


@require_POST
@needs("value.run")
def compute(request: HttpRequest) -> HttpResponse:
    job = tasks.compute_stages.using(by=request.user).enqueue()
    return redirect(reverse("jobs:detail", args=[job.id]))


@get_or_post
@needs("people.admin")
def thresholds(request: HttpRequest) -> HttpResponse:
    row = queries.thresholds()
    form = ThresholdsForm(request.POST or None, initial=vars(row))
    context: dict[str, Any] = {"form": form}
    try:
        if _changed(request, form):
            messages.success(request, _("Saved. The next computation follows these rules."))
            return redirect("lifecycle:funnel")
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "lifecycle/thresholds.html", context)


def _changed(request: HttpRequest, form: ThresholdsForm) -> bool:
    if not form.is_valid():
        return False
    version = form.cleaned_data.get("version") if queries.thresholds().pk else None
    who = {"by": request.user, "now": timezone.now()}
    return form.carry_out(actions.change_thresholds, **who, version=version)


@get_or_post
@needs("customers.view")
@writes("customers.edit")
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(customers.visible_to(request.user), pk=pk)
    form = StageForm(request.POST or None)
    today = timezone.localdate()
    about = {"by": request.user, "now": timezone.now(), "today": today, "customer": row}
    if request.method == "POST" and form.carry_out(actions.set_stage, **about):
        return redirect(pages.url(pk))
    context = presenters.customer_page(request.user, row) | {"form": form, "back": pages.url(pk)}
    return render(request, "lifecycle/customer.html", context)


@require_POST
@needs("customers.edit")
def free(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(customers.visible_to(request.user), pk=pk)
    if actions.end_override(by=request.user, now=timezone.now(), customer=row):
        messages.success(request, _("Ended. The next computation says where it stands."))
    return redirect("lifecycle:customer", pk)
