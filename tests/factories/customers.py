"""Customers, contacts and interactions for tests, searchable as the actions leave them."""

import factory

from mainstay.customers import rules
from mainstay.customers.models import Affiliation, Contact, Customer, Interaction, Source


class SourceFactory(factory.django.DjangoModelFactory[Source]):
    name = factory.Sequence(lambda n: f"Source {n}")

    class Meta:
        model = Source


class CustomerFactory(factory.django.DjangoModelFactory[Customer]):
    name = factory.Sequence(lambda n: f"Customer {n}")
    country = "PL"
    sort_name = factory.LazyAttribute(
        lambda o: rules.customer_search({"name": o.name})["sort_name"]
    )
    search = factory.LazyAttribute(lambda o: rules.customer_search({"name": o.name})["search"])

    class Meta:
        model = Customer


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    name = factory.Sequence(lambda n: f"Contact {n}")
    sort_name = factory.LazyAttribute(lambda o: rules.contact_search({"name": o.name})["sort_name"])
    search = factory.LazyAttribute(lambda o: rules.contact_search({"name": o.name})["search"])

    class Meta:
        model = Contact


class AffiliationFactory(factory.django.DjangoModelFactory[Affiliation]):
    contact = factory.SubFactory(ContactFactory)
    customer = factory.SubFactory(CustomerFactory)
    position = "Buyer"

    class Meta:
        model = Affiliation


class InteractionFactory(factory.django.DjangoModelFactory[Interaction]):
    customer = factory.SubFactory(CustomerFactory)
    channel = "call"
    subject = "Spring prices"

    class Meta:
        model = Interaction
