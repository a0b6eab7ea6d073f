"""The calendar over HTTP: read again only when something changed."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from mainstay.customers.todo import feeds, queries

MOST = 1000


def answer(request: HttpRequest, user: Any) -> HttpResponse:
    """Return the open tasks of the person as a calendar; 304 if the reader has it already."""
    with translation.override(user.language or translation.get_language()):
        name = _("Tasks of %(name)s") % {"name": user}
        rows = queries.open_of(user, assignee=user).filter(due_date__isnull=False)
        tasks = list(rows.order_by("due_date", "pk")[:MOST])
    content = feeds.calendar(tasks, name=name)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="tasks.ics"'
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response["ETag"] = tag
    if tasks:
        newest = int(max(task.updated_at for task in tasks).timestamp())
        response["Last-Modified"] = http_date(newest)
    return get_conditional_response(request, etag=tag, response=response) or response
