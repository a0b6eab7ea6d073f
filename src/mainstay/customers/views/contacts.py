"""Contacts: the list, one person, their places; and interactions with them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mainstay.customers import actions, pages, presenters, queries
from mainstay.customers.forms import ContactForm, PlaceForm
from mainstay.customers.lists import CONTACTS
from mainstay.customers.merging import pages as merging
from mainstay.customers.views.customers import find, get_or_post, saved
from mainstay.people.permissions import needs
from mainstay.shared.forms import conflict
from mainstay.shared.lists.views import respond
from mainstay.shared.versions import EditedMeanwhile


@get_or_post
@needs("customers.view")
def index(request: HttpRequest) -> HttpResponseBase:
    return respond(request, CONTACTS, "customers/contacts.html")


@require_GET
@needs("customers.view")
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    if kept := merging.moved_to("contact", row):
        return redirect(kept)
    context = presenters.contact(request.user, row, request.GET)
    return render(request, "customers/contact.html", context)


@get_or_post
@needs("customers.edit")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find(request, pk)
    first = {"language": customer.language}
    form = ContactForm(request.POST or None, user=request.user, initial=first)
    position = request.POST.get("position", "")
    known = {"by": request.user, "now": timezone.now(), "customer": customer}
    if form.carry_out(actions.add_contact, position=position, **known):
        messages.success(request, _("Added %(name)s.") % {"name": form.outcome})
        return redirect(pages.url(pk))
    return render(request, "customers/form.html", presenters.page(_("New contact"), form, customer))


def _change(request: HttpRequest, form: ContactForm, row: Any) -> bool:
    version = form.cleaned_data.get("version")
    who = {"by": request.user, "now": timezone.now()}
    return form.carry_out(actions.change_contact, **who, contact=row, version=version)


@get_or_post
@needs("customers.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    form = presenters.contact_form(request.user, request.POST or None, row)
    context: dict[str, Any] = {"form": form, "contact": row, "title": row.name}
    try:
        if form.is_valid() and _change(request, form, row):
            return redirect("customers:contact", pk)
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "customers/form.html", context)


@require_POST
@needs("customers.edit")
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    act = actions.restore_contact if row.archived_at else actions.archive_contact
    act(by=request.user, now=timezone.now(), contact=row)
    return redirect("customers:contact", pk)


@get_or_post
@needs("customers.edit")
def place(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    customer = find(request, pk)
    row = get_object_or_404(queries.affiliations(customer), pk=number)
    form = PlaceForm(request.POST or None, initial=presenters.fields(row, PlaceForm))
    context = presenters.page(row.contact.name, form, customer)
    known = {"by": request.user, "now": timezone.now(), "affiliation": row}
    if saved(context, actions.change_affiliation, **known):
        return redirect(pages.url(pk))
    return render(request, "customers/form.html", context)


def _one(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.contacts_visible_to(request.user), pk=pk)
