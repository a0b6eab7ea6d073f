"""Who sees a customer, and sharing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.customers import pages
from mainstay.customers.views.customers import find
from mainstay.people.permissions import can, needs, writes

from . import actions, forms, queries


@require_http_methods(["GET", "POST"])
@needs("customers.view")
@writes("customers.edit")
def who_sees(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every colleague with the rule by which they see the customer; a POST shares it."""
    customer, form = find(request, pk), forms.ShareForm(request.POST or None)
    if form.carry_out(actions.share, by=request.user, now=timezone.now(), customer=customer):
        messages.success(request, _("Shared %(name)s.") % {"name": customer})
        return redirect("sharing:who_sees", pk)
    return render(request, "sharing/who_sees.html", _page(request.user, customer, form))


@require_POST
@needs("customers.edit")
def stop(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    customer = find(request, pk)
    row = get_object_or_404(queries.of_customer(customer), pk=number)
    actions.stop_sharing(by=request.user, now=timezone.now(), customer=customer, share=row)
    return redirect("sharing:who_sees", pk)


def _page(user: Any, customer: Any, form: forms.ShareForm) -> dict[str, Any]:
    seeing = queries.who_sees(customer)
    return {
        "customer": customer,
        "back": pages.url(customer.pk),
        "seeing": seeing,
        "number": sum(each.sees for each in seeing),
        "shares": queries.of_customer(customer),
        "form": form,
        "may_share": can(user, "customers.edit") and not queries.only_to_look_at(user, customer),
    }
