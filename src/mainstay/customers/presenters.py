"""What the forms and pages about customers show."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from mainstay.customers import pages, queries
from mainstay.customers.custom_fields import presenters as custom_fields
from mainstay.customers.forms import AddressForm, ContactForm, CustomerForm
from mainstay.customers.preferences import presenters as preferences
from mainstay.customers.talks.presenters import stream
from mainstay.people.permissions import shown


def first(request: HttpRequest) -> dict[str, Any]:
    """Return what a new customer's form begins with."""
    user: Any = request.user
    return {"owner": user.pk, "team": user.team_id, "kind": "organisation"}


def initial(customer: Any) -> dict[str, Any]:
    parent = customer.parent
    names = {"parent_name": parent.name if parent else "", "parent": parent}
    return fields(customer, CustomerForm) | names


def fields(row: Any, form: Any) -> dict[str, Any]:
    """Return the row's values for the fields of the form."""
    known = {name: getattr(row, name, None) for name in form.base_fields}
    return {name: getattr(value, "pk", value) for name, value in known.items()}


def tags(customer: Any) -> dict[str, Any]:
    names = queries.tags_of([customer.pk]).get(customer.pk, [])
    return {"tags": ", ".join(names), "version": customer.version}


def page(title: str, form: forms.Form, customer: Any, *, remove: bool = False) -> dict[str, Any]:
    """Return the context of a small form about something of the customer's."""
    back = pages.url(customer.pk)
    return {"title": title, "form": form, "customer": customer, "back": back, "remove": remove}


def customer_form(user: Any, data: Any, customer: Any) -> CustomerForm:
    return CustomerForm(data, user=user, customer=customer, initial=initial(customer))


def contact_form(user: Any, data: Any, row: Any) -> ContactForm:
    """Return the form of a contact; the position belongs to each place, not to the person."""
    form = ContactForm(data, user=user, contact=row, initial=fields(row, ContactForm))
    del form.fields["position"]
    return form


def address_form(user: Any, data: Any, customer: Any, row: Any = None) -> AddressForm:
    first = fields(row, AddressForm) if row else {"country": shown(user, customer).country}
    return AddressForm(data, user=user, new=row is None, initial=first)


def contact(user: Any, row: Any, given: Mapping[str, str]) -> dict[str, Any]:
    """Return a contact with their places among the customers the user may see."""
    today = timezone.localdate()
    places = [
        {
            "place": place,
            "past": place.to_date is not None and place.to_date < today,
            "url": pages.url(place.customer_id),
        }
        for place in queries.places(user, row)
    ]
    facts = custom_fields.facts(user, "contact", row.pk)
    known = stream(user, row, given) | preferences.panel(user, row, timezone.now())
    return known | {"contact": shown(user, row), "places": places, "custom": facts}
