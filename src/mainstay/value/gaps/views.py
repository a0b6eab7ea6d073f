"""Pages of gaps and shares of wallet."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.customers.queries import visible_to
from mainstay.people.permissions import needs, writes
from mainstay.shared.numbers import row_number

from . import actions, presenters
from .forms import MarketForm

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("value.view")
def overview(request: HttpRequest) -> HttpResponse:
    market = row_number(request.GET.get("market", ""))
    page = presenters.overview(request.user, market=market, today=timezone.localdate())
    return render(request, "value/gaps/overview.html", page)


@get_or_post
@needs("value.view")
@writes("customers.edit")
def wallet(request: HttpRequest, pk: int) -> HttpResponse:
    customer = get_object_or_404(visible_to(request.user), pk=pk)
    today = timezone.localdate()
    form = presenters.wallet_form(request.POST or None, today=today)
    known: Any = {"by": request.user, "now": timezone.now(), "customer": customer}
    if form.carry_out(actions.note_wallet, **known):
        messages.success(request, _("Noted. The gaps below count with it."))
        return redirect("value:wallet", pk)
    page = presenters.wallet(request.user, customer, form, today=today)
    return render(request, "value/gaps/wallet.html", page)


@get_or_post
@needs("value.view")
@writes("orders.edit")
def markets(request: HttpRequest) -> HttpResponse:
    form = MarketForm(request.POST or None, initial={"known_on": timezone.localdate()})
    if form.carry_out(actions.set_market, by=request.user, now=timezone.now()):
        text = _("%(market)s is set; the next value run counts with it.")
        messages.success(request, text % {"market": form.outcome})
        return redirect("value:markets")
    return render(request, "value/gaps/markets.html", presenters.markets(form))
