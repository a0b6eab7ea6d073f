"""How fields, values and rows of any app are called on the screen."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.shared import countries, personal_data
from mainstay.shared.personal_data import Personal

from .relations import Relation


def field(model_field: Any) -> str:
    name = str(model_field.verbose_name)
    return name[:1].upper() + name[1:]


def value(model_field: Any, stored: Any) -> str:
    """Return a stored value as people read it."""
    if stored in (None, ""):
        return "–"
    if model_field.remote_field is not None:
        row = model_field.related_model._base_manager.filter(pk=stored).first()
        return str(row or "–")
    if stored is True or stored is False:
        return _("yes") if stored else _("no")
    if model_field.name == "country":
        return countries.name(stored)
    return str(dict(model_field.flatchoices).get(stored, stored))


def relation(found: Relation) -> str:
    """Return what the rows of a relation are called: by our words, else by the register's."""
    known = {
        "customers.interaction.customer": _("Interactions"),
        "customers.interaction.contact": _("Interactions"),
        "customers.affiliation.customer": _("Contacts"),
        "customers.affiliation.contact": _("Places of work"),
        "customers.address.customer": _("Addresses"),
        "customers.externalreference.customer": _("External references"),
        "customers.contactreference.contact": _("External references"),
        "customers.customer_tags.customer": _("Tags"),
        "customers.customer.parent": _("Organisations below it"),
        "customers.recommendation.customer": _("Who recommended us"),
        "customers.recommendation.given_by": _("Recommendations it gave"),
        "orders.order.customer": _("Orders"),
        "orders.contract.customer": _("Contracts"),
        "orders.driverquantity.customer": _("Quantities of activities"),
        "value.walletestimate.customer": _("Estimates of the wallet"),
        "value.lossnote.customer": _("Notes of why it was lost"),
        "value.treatmentdecision.customer": _("Decision on treatment"),
    }
    entry = personal_data.entry_of(found.model._meta.label_lower)
    registered = str(entry.label) if isinstance(entry, Personal) else found.label
    label = known.get(found.key, registered)
    return label[:1].upper() + label[1:]


def row(found: Relation, one: Any) -> str:
    """Return the name of a row; of a mere link, the name of what it leads to."""
    links = [each for each in found.model._meta.concrete_fields if each.remote_field]
    if found.model._meta.auto_created or not str(one):
        others = [each for each in links if each.name != found.field.name]
        return ", ".join(str(getattr(one, each.name)) for each in others)
    return str(one)
