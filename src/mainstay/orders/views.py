"""Pages of orders and products."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.orders import actions, presenters, queries
from mainstay.orders.lists import CONTRACTS, ORDERS, PRODUCTS
from mainstay.people.permissions import needs, writes
from mainstay.shared.forms import conflict
from mainstay.shared.lists.views import respond
from mainstay.shared.versions import EditedMeanwhile

get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
@needs("orders.view")
def index(request: HttpRequest) -> HttpResponseBase:
    return respond(request, ORDERS)


@get_or_post
@needs("orders.view")
def products(request: HttpRequest) -> HttpResponseBase:
    return respond(request, PRODUCTS)


@require_GET
@needs("orders.view")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(queries.with_relations(request.user), pk=pk)
    return render(request, "orders/order.html", presenters.order(request.user, order))


@get_or_post
@needs("orders.view")
@writes("orders.edit", "money.view")
def product(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.products_with_relations(request.user), pk=pk)
    form = presenters.product_form(row, request.POST or None)
    context: dict[str, Any] = presenters.product(request.user, row) | {"form": form}
    try:
        if _changed(request, form, row):
            return redirect("orders:products")
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "orders/product.html", context)


def _changed(request: HttpRequest, form: Any, row: Any) -> bool:
    done: bool = form.is_valid() and form.carry_out(
        actions.change_product,
        by=request.user,
        now=timezone.now(),
        product=row,
        version=form.cleaned_data.get("version"),
    )
    if done:
        messages.success(request, _("Saved %(name)s.") % {"name": form.outcome})
    return done


@get_or_post
@needs("orders.view")
def contracts(request: HttpRequest) -> HttpResponseBase:
    return respond(request, CONTRACTS, "orders/contracts.html")


@get_or_post
@needs("orders.contracts")
def add_contract(request: HttpRequest) -> HttpResponse:
    form = presenters.contract_form(request, None, request.POST or None)
    if form.carry_out(actions.add_contract, by=request.user, now=timezone.now()):
        messages.success(
            request, _("Added the contract of %(name)s.") % {"name": form.outcome.customer}
        )
        return redirect("orders:contracts")
    return render(request, "orders/contract.html", {"form": form})


@get_or_post
@needs("orders.contracts")
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.contracts_with_customers(request.user), pk=pk)
    form = presenters.contract_form(request, row, request.POST or None)
    context: dict[str, Any] = {"form": form, "contract": row}
    try:
        if _contract_written(request, form, row):
            return redirect("orders:contracts")
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "orders/contract.html", context)


def _contract_written(request: HttpRequest, form: Any, row: Any) -> bool:
    known: dict[str, Any] = {"by": request.user, "now": timezone.now(), "contract": row}
    if "remove" in request.POST:
        actions.remove_contract(**known)
        return True
    version = form.is_valid() and form.cleaned_data.get("version")
    return bool(form.carry_out(actions.change_contract, **known, version=version or None))


@get_or_post
@needs("orders.view")
@writes("orders.import")
def rates(request: HttpRequest) -> HttpResponse:
    form = presenters.rate_form(request.POST or None)
    if form.carry_out(actions.set_rate, by=request.user, now=timezone.now()):
        messages.success(request, _("Saved the rate of %(name)s.") % {"name": form.outcome})
        return redirect("orders:rates")
    return render(request, "orders/rates.html", presenters.rates(form))


@require_POST
@needs("orders.import")
def remove_rate(request: HttpRequest, pk: int) -> HttpResponse:
    rate = get_object_or_404(queries.newest_rates(), pk=pk)
    actions.remove_rate(by=request.user, now=timezone.now(), rate=rate)
    messages.success(request, _("Removed the rate of %(name)s.") % {"name": rate})
    return redirect("orders:rates")
