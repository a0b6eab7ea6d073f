"""Pages across capabilities."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mainstay.cockpit import customer as presenter
from mainstay.cockpit import presenters
from mainstay.customers import cards, queries
from mainstay.customers.merging import pages as merging
from mainstay.customers.talks import presenters as talks
from mainstay.customers.talks.forms import NewTalkForm
from mainstay.customers.talks.logging import note_with_next_step
from mainstay.people.permissions import needs


@require_GET
@needs("home.view")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "cockpit/home.html", presenters.home(request.user, timezone.now()))


@require_GET
@needs("customers.view")
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    if kept := merging.moved_to("customer", found):
        return redirect(kept)
    context = presenter.page(request.user, found, request.GET)
    return render(request, "cockpit/customer.html", context)


@require_GET
@needs("customers.view")
def worth(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what else the customer is worth: as a part of its page, or by itself."""
    found = _find(request, pk)
    context = {"customer": found, "cards": cards.further(request.user, found)}
    part = "#cards" if getattr(request, "htmx", False) else ""
    return render(request, f"cockpit/worth.html{part}", context)


@require_GET
@needs("customers.view")
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    context = talks.stream(request.user, _find(request, pk), request.GET)
    return render(request, "talks/timeline.html", context)


@require_POST
@needs("interactions.edit")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a conversation from the customer's page, and show its timeline anew."""
    found = _find(request, pk)
    form = NewTalkForm(request.POST, request.FILES, customer=found)
    about: Any = {"by": request.user, "now": timezone.now(), "customer": found}
    done = form.carry_out(note_with_next_step, **about)
    if not getattr(request, "htmx", False):
        return redirect("cockpit:customer", pk) if done else _again(request, found, form)
    context = presenter.noted(request.user, found, form, done=done)
    return render(request, "cockpit/noted.html", context, status=200 if done else 422)


def _again(request: HttpRequest, found: Any, form: NewTalkForm) -> HttpResponse:
    context = presenter.page(request.user, found, {}) | {"form": form}
    return render(request, "cockpit/customer.html", context, status=422)


def _find(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.for_page(request.user), pk=pk)
