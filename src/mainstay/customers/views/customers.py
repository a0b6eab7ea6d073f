"""The customers list, and the forms about one customer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.customers import actions, pages, presenters, queries
from mainstay.customers.forms import CustomerForm, TagsForm
from mainstay.customers.lists import CUSTOMERS
from mainstay.people.permissions import needs, refuse_writing
from mainstay.shared.forms import conflict
from mainstay.shared.lists.views import respond
from mainstay.shared.versions import EditedMeanwhile

get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
@needs("customers.view")
def index(request: HttpRequest) -> HttpResponseBase:
    return respond(request, CUSTOMERS, "customers/list.html")


@get_or_post
@needs("customers.edit")
def add(request: HttpRequest) -> HttpResponse:
    form = CustomerForm(request.POST or None, user=request.user, initial=presenters.first(request))
    if form.carry_out(actions.add_customer, by=request.user, now=timezone.now()):
        messages.success(request, _("Added %(name)s.") % {"name": form.outcome})
        return redirect(pages.url(form.outcome.pk))
    return render(request, "customers/edit.html", {"form": form})


@get_or_post
@needs("customers.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find(request, pk)
    form = presenters.customer_form(request.user, request.POST or None, customer)
    context: dict[str, Any] = {"form": form, "customer": customer}
    try:
        if _changed(request, form, customer):
            return redirect(pages.url(pk))
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "customers/edit.html", context)


def _changed(request: HttpRequest, form: CustomerForm, customer: Any) -> bool:
    done = form.is_valid() and form.carry_out(
        actions.change_customer,
        by=request.user,
        now=timezone.now(),
        customer=customer,
        version=form.cleaned_data.get("version"),
    )
    if done:
        messages.success(request, _("Saved %(name)s.") % {"name": form.outcome})
    return done


@require_POST
@needs("customers.edit")
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find(request, pk)
    actions.archive_customer(by=request.user, now=timezone.now(), customer=customer)
    text = _("%(name)s is archived: it left lists and search. You can bring it back here.")
    messages.success(request, text % {"name": customer})
    return redirect(pages.url(pk))


@require_POST
@needs("customers.edit")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find(request, pk)
    actions.restore_customer(by=request.user, now=timezone.now(), customer=customer)
    messages.success(request, _("%(name)s is back in lists and search.") % {"name": customer})
    return redirect(pages.url(pk))


@get_or_post
@needs("customers.edit")
def tags(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find(request, pk)
    refuse_writing(request.user, "customers.customer", ["tags"])
    form = TagsForm(request.POST or None, initial=presenters.tags(customer))
    context = presenters.page(_("Tags"), form, customer)
    known = {"by": request.user, "now": timezone.now(), "customer": customer}
    if saved(context, actions.write_tags, **known):
        return redirect(pages.url(pk))
    return render(request, "customers/form.html", context)


@get_or_post
@needs("customers.edit")
def add_address(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find(request, pk)
    form = presenters.address_form(request.user, request.POST or None, customer)
    if form.carry_out(actions.save_address, by=request.user, now=timezone.now(), customer=customer):
        return redirect(pages.url(pk))
    return render(request, "customers/form.html", presenters.page(_("New address"), form, customer))


@get_or_post
@needs("customers.edit")
def address(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    customer = find(request, pk)
    row = get_object_or_404(queries.addresses(customer), pk=number)
    form = presenters.address_form(request.user, request.POST or None, customer, row)
    context = presenters.page(_("Address"), form, customer, remove=True)
    known: Any = {"by": request.user, "now": timezone.now(), "customer": customer, "address": row}
    if "remove" in request.POST:
        actions.remove_address(**known)
        return redirect(pages.url(pk))
    if saved(context, actions.save_address, **known):
        return redirect(pages.url(pk))
    return render(request, "customers/form.html", context)


def saved(context: dict[str, Any], action: Any, **known: Any) -> bool:
    """Answer whether the action took the form; what others wrote meanwhile goes to the page."""
    try:
        return bool(context["form"].carry_out(action, **known))
    except EditedMeanwhile as told:
        context |= conflict(context["form"], told.current)
        return False


def find(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.visible_to(request.user), pk=pk)
