"""Pages across capabilities."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mainstay.cockpit import customer as presenter
from mainstay.cockpit import presenters
from mainstay.customers import actions, queries
from mainstay.customers.forms import InteractionForm
from mainstay.people.permissions import needs


@require_GET
@needs("home.view")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "cockpit/home.html", presenters.home(request.user, timezone.now()))


@require_GET
@needs("customers.view")
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    context = presenter.page(request.user, found, request.GET.get("below", ""))
    return render(request, "cockpit/customer.html", context)


@require_GET
@needs("customers.view")
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    context = presenter.stream(request.user, found, request.GET.get("below", ""))
    return render(request, "cockpit/timeline.html", context)


@require_POST
@needs("interactions.edit")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an interaction from the customer's page, and show its timeline anew."""
    found = _find(request, pk)
    form = InteractionForm(request.POST, customer=found)
    done = form.carry_out(
        actions.add_interaction, by=request.user, now=timezone.now(), customer=found
    )
    if not getattr(request, "htmx", False):
        return redirect("cockpit:customer", pk) if done else _again(request, found, form)
    context = presenter.stream(request.user, found, "") | {
        "form": InteractionForm(customer=found) if done else form,
        "noted": done,
    }
    return render(request, "cockpit/noted.html", context, status=200 if done else 422)


def _again(request: HttpRequest, found: Any, form: InteractionForm) -> HttpResponse:
    context = presenter.page(request.user, found, "") | {"form": form}
    return render(request, "cockpit/customer.html", context, status=422)


def _find(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.for_page(request.user), pk=pk)
