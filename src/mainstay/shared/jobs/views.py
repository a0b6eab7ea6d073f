from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mainstay.shared import paging
from mainstay.shared.jobs import actions, presenters, queries

PAGE_SIZE = 50


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    wish = queries.Wish.of(request.GET)
    jobs = queries.listed(request.user, wish)
    try:
        page = paging.page(jobs, order=("-id",), size=PAGE_SIZE, cursor=wish.cursor)
    except paging.BadCursor as error:
        raise BadRequest(_("This list has no such page. Start at the first.")) from error
    return render(request, "jobs/index.html", presenters.listing(page, request.user, wish))


@require_GET
def detail(request: HttpRequest, number: str) -> HttpResponse:
    job = _job(request, number)
    return render(request, "jobs/detail.html", presenters.one(job, request.user))


@require_GET
def progress(request: HttpRequest, number: str) -> HttpResponse:
    job = _job(request, number)
    response = render(request, "jobs/progress.html", {"job": job})
    if not job.is_open:
        response["HX-Trigger"] = "job-finished"
    return response


@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    job = _job(request, number)
    actions.cancel(by=request.user, job=job, now=timezone.now())
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "jobs/progress.html", {"job": _job(request, number)})
    return redirect("jobs:detail", number=number)


@require_POST
def retry(request: HttpRequest, number: str) -> HttpResponse:
    actions.retry(by=request.user, job=_job(request, number), now=timezone.now())
    messages.success(request, _("The job is back in the queue."))
    return redirect("jobs:detail", number=number)


def _job(request: HttpRequest, number: str) -> Any:
    job = queries.find(number, among=queries.visible_to(request.user))
    if job is None:
        raise Http404(_("There is no job at this address, or it is not yours."))
    return job
