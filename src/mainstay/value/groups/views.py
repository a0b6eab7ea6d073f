from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mainstay.customers.queries import for_page
from mainstay.people.permissions import needs

from . import presenters


@require_GET
@needs("value.view")
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a customer with everybody below it, and what they are worth together."""
    top = for_page(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if top is None:
        raise Http404(_("There is no such customer, or it is not yours to see."))
    return render(request, "value/groups/group.html", presenters.page(request.user, top))
