"""Which fields of a record each role sees and changes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mainstay.people import actions, field_pages
from mainstay.people.permissions import needs


@require_http_methods(["GET", "POST"])
@needs("people.admin")
def fields(request: HttpRequest) -> HttpResponse:
    """Show the matrix of fields and roles; a POST sets what differs."""
    if request.method == "POST":
        _set(request)
        return redirect("people:fields")
    return render(request, "people/fields.html", field_pages.matrix())


def _set(request: HttpRequest) -> None:
    known: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    try:
        number = actions.set_field_rules(**known, **field_pages.asked(request.POST))
    except actions.RulesChanged:
        text = _("Somebody set these rules meanwhile. They stand here now: set yours again.")
        messages.error(request, text)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        text = ngettext("Set %(n)d rule.", "Set %(n)d rules.", number) % {"n": number}
        messages.success(request, text)
