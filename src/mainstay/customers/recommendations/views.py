"""The page that notes who recommended us to a customer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mainstay.customers import pages, presenters
from mainstay.customers.views.customers import find
from mainstay.people.permissions import needs

from . import actions, queries
from .forms import RecommendationForm


@require_http_methods(["GET", "POST"])
@needs("customers.edit")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find(request, pk)
    now = queries.known(request.user, customer).giver
    start = {"given_by": now.name if now else ""}
    form = RecommendationForm(request.POST or None, user=request.user, initial=start)
    known = {"by": request.user, "now": timezone.now(), "customer": customer}
    if form.carry_out(actions.note_recommendation, **known):
        return redirect(pages.url(pk))
    return render(
        request, "customers/form.html", presenters.page(_("Recommendation"), form, customer)
    )
