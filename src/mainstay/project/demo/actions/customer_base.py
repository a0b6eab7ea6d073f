"""Write the customers of a drawn company: organisations, contacts, addresses, tags, talks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

import numpy as np
from django.db import connection

from mainstay.customers.models import (
    Address,
    Affiliation,
    Contact,
    Customer,
    ExternalReference,
    Interaction,
    Source,
    Tag,
)
from mainstay.customers.rules import contact_search, customer_search
from mainstay.people.models import User
from mainstay.project.demo import contacts, talks
from mainstay.project.demo.actions.rows import (
    Columns,
    Keys,
    continue_keys,
    next_keys,
    stamp,
    stamps,
)
from mainstay.project.demo.actions.rows import load as load_rows
from mainstay.project.demo.actions.staff import KEY_TEAM, REGIONS, TEAMS, Staff
from mainstay.project.demo.companies import Company
from mainstay.project.demo.world import World
from mainstay.shared.search import bulk_writing

SOURCE = "ERP"
FIRST_NUMBER = 10_001
DELIVERY_EVERY = 5  # customers have goods sent to another place
SETTLED_AFTER = timedelta(days=45)  # complaints


@dataclass(frozen=True)
class CustomerKeys:
    customers: Keys
    contacts: Keys


def load(world: World, people: Staff, now: datetime) -> CustomerKeys:
    """Write everything about who the customers are, and what was talked about."""
    keys = CustomerKeys(next_keys(Customer), next_keys(Contact))
    owners = _owners(world.companies, people)
    with bulk_writing(connection, Customer._meta.db_table):
        _customers(world, keys, owners, now)
    with bulk_writing(connection, Contact._meta.db_table):
        _contacts(world, keys, now)
    _references(world, keys, now)
    _addresses(world, keys, now)
    _tags(world, keys, now)
    _affiliations(world, keys, now)
    _interactions(world, keys, owners, people.service, now)
    continue_keys([Customer, Contact])
    return keys


def numbers(companies: list[Company]) -> list[str]:
    """Return the customer numbers of the company's own system."""
    return [f"K{FIRST_NUMBER + position}" for position in range(len(companies))]


def _owners(companies: list[Company], people: Staff) -> list[User]:
    """Key accounts have a team of their own; the others are shared out by region."""
    return [
        team[position % len(team)]
        for position, company in enumerate(companies)
        for team in [people.owners[_team(company)]]
    ]


def _team(company: Company) -> str:
    return KEY_TEAM if company.is_key else REGIONS.get(company.country, TEAMS[-1])


def _customers(world: World, keys: CustomerKeys, owners: list[User], now: datetime) -> None:
    firms = world.companies
    names: list[list[str]] = [[] for _ in firms]
    for contact in world.contacts:
        names[contact.places[-1].company].append(contact.name)
    found = [
        customer_search(_particulars(firm), [number], known)
        for firm, number, known in zip(firms, numbers(firms), names, strict=True)
    ]
    columns: Columns = {
        "id": keys.customers.every(len(firms)),
        "kind": ["organisation"] * len(firms),
        "parent": [keys.customers.of(firm.parent) for firm in firms],
        "owner": [owner.pk for owner in owners],
        "team": [owner.team_id for owner in owners],
        "industry": [firm.industry for firm in firms],
        "country": [firm.country for firm in firms],
        "language": [firm.words.language for firm in firms],
        "founded_year": [firm.founded_year for firm in firms],
        "sort_name": [columns["sort_name"] for columns in found],
        "search": [columns["search"] for columns in found],
    }
    for name in ("name", "email", "phone", "website", "tax_number", "city"):
        columns[name] = [_particulars(firm)[name] for firm in firms]
    load_rows(Customer, columns, now)


def _particulars(company: Company) -> dict[str, str]:
    return {
        "name": company.name,
        "email": company.email,
        "phone": company.phone,
        "website": f"https://{company.domain}",
        "tax_number": company.tax_number,
        "city": company.city,
    }


def _contacts(world: World, keys: CustomerKeys, now: datetime) -> None:
    people = world.contacts
    plain = [{"name": p.name, "email": p.email, "phone": p.phone} for p in people]
    found = [contact_search(person) for person in plain]
    columns: Columns = {
        name: [person[name] for person in plain] for name in ("name", "email", "phone")
    }
    columns |= {name: [row[name] for row in found] for name in ("sort_name", "search")}
    columns["language"] = [person.language for person in people]
    load_rows(Contact, {"id": keys.contacts.every(len(people)), **columns}, now)


def _references(world: World, keys: CustomerKeys, now: datetime) -> None:
    source, _ = Source.objects.get_or_create(name=SOURCE)
    count = len(world.companies)
    columns: Columns = {
        "customer": keys.customers.every(count),
        "source": [source.pk] * count,
        "external_id": numbers(world.companies),
    }
    load_rows(ExternalReference, columns, now)


def _addresses(world: World, keys: CustomerKeys, now: datetime) -> None:
    firms = list(enumerate(world.companies))
    places = [(number, firm, "main") for number, firm in firms]
    places += [(number, firm, "delivery") for number, firm in firms[::DELIVERY_EVERY]]
    columns: Columns = {
        "customer": [keys.customers.of(number) for number, _, _ in places],
        "kind": [kind for _, _, kind in places],
        **{
            name: [getattr(firm, name) for _, firm, _ in places]
            for name in ("street", "postcode", "city", "country")
        },
    }
    load_rows(Address, columns, now)


def _tags(world: World, keys: CustomerKeys, now: datetime) -> None:
    names = sorted(set(chain.from_iterable(firm.tags for firm in world.companies)))
    tags = {name: Tag.objects.get_or_create(name=name)[0].pk for name in names}
    pairs = [(n, tags[tag]) for n, firm in enumerate(world.companies) for tag in firm.tags]
    columns: Columns = {
        "customer": [keys.customers.of(number) for number, _ in pairs],
        "tag": [tag for _, tag in pairs],
    }
    load_rows(Customer.tags.through, columns, now)


def _affiliations(world: World, keys: CustomerKeys, now: datetime) -> None:
    today = now.date()
    places: list[tuple[int, contacts.Place]] = [
        (number, place) for number, person in enumerate(world.contacts) for place in person.places
    ]
    columns: Columns = {
        "contact": [keys.contacts.of(number) for number, _ in places],
        "customer": [keys.customers.of(place.company) for _, place in places],
        "position": [place.position for _, place in places],
        "from_date": [str(today - timedelta(days=place.since)) for _, place in places],
        "to_date": [
            None if place.until is None else str(today - timedelta(days=place.until))
            for _, place in places
        ],
    }
    load_rows(Affiliation, columns, now)


def _interactions(
    world: World, keys: CustomerKeys, owners: list[User], service: User, now: datetime
) -> None:
    said = world.talks
    moments, long_ago = _moments(world, said, now), stamp(now - SETTLED_AFTER)
    by = [service.pk if talk.by_service else owners[talk.company].pk for talk in said]
    columns: Columns = {
        "customer": [keys.customers.of(talk.company) for talk in said],
        "contact": [keys.contacts.of(talk.contact) for talk in said],
        "user": by,
        "occurred_at": moments,
        "settled_at": [
            at if talk.purpose == "complaint" and at < long_ago else None
            for at, talk in zip(moments, said, strict=True)
        ],
        **{
            name: [getattr(talk, name) for talk in said]
            for name in ("channel", "purpose", "subject", "body")
        },
    }
    load_rows(Interaction, columns, now)


def _moments(world: World, said: list[talks.Talk], now: datetime) -> list[str]:
    """Return when each talk was; nothing was said later than now."""
    seconds = np.array([talk.day * 86_400 + talk.second for talk in said], dtype="timedelta64[s]")
    moments = np.datetime64(world.first_day, "s") + seconds
    return stamps(np.minimum(moments, np.datetime64(stamp(now))))
