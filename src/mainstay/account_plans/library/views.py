"""Pages of the library."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mainstay.people.permissions import needs, writes

from . import actions, presenters
from .choices import Topic
from .forms import EntryForm

PAGE = "account_plans/library/page.html"


@require_http_methods(["GET", "POST"])
@needs("accounts.view")
@writes("accounts.edit")
def page(request: HttpRequest, topic: str = Topic.TACTIC) -> HttpResponse:
    """Show a part of the library; POST adds, changes, removes or restores an entry."""
    if topic not in Topic.values:
        raise Http404
    if request.method == "POST":
        return _change(request, topic)
    key, adding = request.GET.get("entry", ""), "add" in request.GET
    shown = presenters.page(request.user, topic, key=key, adding=adding)
    return render(request, PAGE, shown)


def _change(request: HttpRequest, topic: str) -> HttpResponse:
    key = request.POST.get("entry", "")
    known: Any = {"by": request.user, "now": timezone.now(), "topic": topic, "key": key}
    if act := _TURNS.get(request.POST.get("do", "")):
        act(**known)
        return redirect("accounts:library", topic)
    form = EntryForm(request.POST)
    if form.carry_out(actions.set_entry, **known):
        return redirect("accounts:library", topic)
    return render(request, PAGE, presenters.page(request.user, topic, key=key, form=form))


_TURNS = {"remove": actions.remove_entry, "restore": actions.restore_entry}
