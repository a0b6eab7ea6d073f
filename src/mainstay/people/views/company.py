"""The company's settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mainstay.people import actions, presenters, queries
from mainstay.people.forms import CompanyForm
from mainstay.people.permissions import needs


@require_http_methods(["GET", "POST"])
@needs("people.admin")
def company(request: HttpRequest) -> HttpResponse:
    known = presenters.settings_of(queries.company(), CompanyForm.base_fields)
    form = CompanyForm(request.POST or None, initial=known)
    if request.method == "POST" and form.carry_out(
        actions.change_company, by=request.user, now=timezone.now()
    ):
        messages.success(request, _("Saved. The next value run uses these settings."))
        return redirect("people:company")
    return render(request, "people/company.html", {"form": form})
