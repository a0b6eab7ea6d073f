"""What an invited person of the customer sees: the questions, once, without sign-in."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mainstay.people.queries import company

from . import actions, queries
from .forms import AnswerForm


@csrf_exempt  # the signed token of the address stands for the cookie
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    found = queries.invited(token, now=now)
    if found is None:
        return render(request, "account_relations/public/gone.html", status=404)
    with translation.override(found.language):
        return _answered(request, token, found, now)


def _answered(request: HttpRequest, token: str, found: Any, now: Any) -> HttpResponse:
    form = AnswerForm(request.POST or None, criteria=queries.criteria())
    shown = {"form": form, "invitation": found, "company": company().name}
    if request.method == "POST" and form.is_valid():
        actions.answer(token=token, now=now, values=form.answers())
        return render(request, "account_relations/public/thanks.html", shown)
    return render(request, "account_relations/public/questions.html", shown)
