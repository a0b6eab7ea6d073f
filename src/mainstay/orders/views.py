"""Pages of orders and products."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.orders import actions, presenters, queries
from mainstay.orders.lists import ORDERS, PRODUCTS
from mainstay.people.permissions import needs, writes
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
        context |= presenters.conflict(form, told.current)
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
