"""The pages that `pages.py` asks for: a name, who asks, and an address drawn anew each time."""

import base64
import json
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from benchmarks import page_more
from benchmarks.page_data import CITIES, COUNTRIES, FIRST, SECOND, TAGS, USERS
from mainstay.people.models import ApiToken, User
from mainstay.people.rules import new_token, token_hash
from mainstay.shared.lists.keyset import Cursor

Address = Callable[[], str]


def pages(customers: int) -> dict[str, tuple[Any, Address]]:
    draw = random.Random(7)
    administrator = _client(User.objects.get(role="administrator"))
    manager = _client(User.objects.get(pk=5))
    program = _program(User.objects.get(role="administrator"))
    addresses = _lists(draw) | _valued(draw) | _searches(draw, customers) | _others(draw, customers)
    addresses |= page_more.pages(draw, customers)
    return {
        "list of a team's account manager": (manager, lambda: f"/customers/?{_place(draw)}"),
        **{name: (administrator, address) for name, address in addresses.items()},
        **{name: (program, address) for name, address in _api(draw).items()},
    }


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return client


def _place(draw: random.Random) -> str:
    """Return the beginning of a page anywhere in the list by name."""
    name = f"{draw.choice(FIRST)} {draw.choice(SECOND)} {draw.randrange(10)}"
    return f"after={Cursor(0, name, 0).encoded()}"


def _worth(draw: random.Random) -> str:
    """Return the beginning of a page anywhere in the list by CLV, most customers being worth
    little."""
    return f"after={Cursor(0, int(draw.paretovariate(1.2) * 1000), 0).encoded()}"


def _api_place(draw: random.Random) -> str:
    plain = json.dumps([0, str(int(draw.paretovariate(1.2) * 1000)), "1"])
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _lists(draw: random.Random) -> dict[str, Address]:
    country = lambda: f"country={draw.choice(COUNTRIES)}"  # noqa: E731  read in the table below
    tag = lambda: f"tag={draw.randrange(1, TAGS + 1)}"  # noqa: E731
    owner = lambda: f"owner={draw.randrange(1, USERS)}"  # noqa: E731
    return {
        "list, first page": lambda: "/customers/",
        "list, anywhere": lambda: f"/customers/?{_place(draw)}",
        "list, newest": lambda: "/customers/?sort=-added",
        "list, by country": lambda: f"/customers/?{country()}",
        "list, by country, anywhere": lambda: f"/customers/?{country()}&{_place(draw)}",
        "list, by owner": lambda: f"/customers/?{owner()}",
        "list, by tag": lambda: f"/customers/?{tag()}",
        "list, country and tag": lambda: f"/customers/?{country()}&{tag()}",
        "list, owner and tag, newest": lambda: f"/customers/?{owner()}&{tag()}&sort=-added",
        "contacts": lambda: f"/customers/contacts/?{_place(draw)}",
        "products": lambda: "/orders/products/",
    }


def _valued(draw: random.Random) -> dict[str, Address]:
    letter = lambda: f"abc_class={draw.choice('ABC')}"  # noqa: E731  read in the table below
    return {
        "list, by CLV": lambda: "/customers/?sort=-clv",
        "list, by CLV, anywhere": lambda: f"/customers/?sort=-clv&{_worth(draw)}",
        "list, smallest CLV first": lambda: "/customers/?sort=clv",
        "list, smallest CLV first, anywhere": lambda: f"/customers/?sort=clv&{_worth(draw)}",
        "list, by class": lambda: f"/customers/?{letter()}",
        "list, class by CLV": lambda: f"/customers/?{letter()}&sort=-clv",
        "list, class and country": lambda: (
            f"/customers/?{letter()}&country={draw.choice(COUNTRIES)}"
        ),
    }


def _api(draw: random.Random) -> dict[str, Address]:
    sorted_so = "/api/v1/value/customers?sort=-clv&limit=100"
    return {
        "API, by CLV": lambda: sorted_so,
        "API, by CLV, anywhere": lambda: f"{sorted_so}&cursor={_api_place(draw)}",
    }


def _program(user: User) -> Client:
    """Return who asks by a token, which ends tomorrow."""
    secret, now = new_token(), timezone.now()
    ApiToken.objects.create(
        user=user,
        name="Benchmark",
        token_hash=token_hash(secret),
        scopes=["value:read"],
        expires_at=now + timedelta(days=1),
    )
    return Client(headers={"authorization": f"Bearer {secret}"})


def _searches(draw: random.Random, customers: int) -> dict[str, Address]:
    number = lambda: draw.randrange(1, customers + 1)  # noqa: E731  read in the table below
    return {
        "search, common word": lambda: f"/customers/?q={draw.choice(FIRST)}",
        "search, common second word": lambda: f"/customers/?q={draw.choice(SECOND)}",
        "search, two words": lambda: f"/customers/?q={draw.choice(FIRST)}+{draw.choice(SECOND)}",
        "search, words and country": lambda: (
            f"/customers/?q={draw.choice(SECOND)}&country={draw.choice(COUNTRIES)}"
        ),
        "search, one customer": lambda: f"/customers/?q=k{number():07d}",
        "search, a beginning": lambda: f"/customers/?q={draw.choice(FIRST + SECOND)[:3]}",
        "search, one letter": lambda: f"/customers/?q={draw.choice('abcdefghijklmnopqrstuvwz')}",
        "search, city": lambda: f"/customers/?q={draw.choice(CITIES)}",
        "search, nothing there": lambda: f"/customers/?q=zzz{number()}",
        "palette, common word": lambda: f"/find/?q={draw.choice(FIRST)}",
        "palette, a beginning": lambda: f"/find/?q={draw.choice(FIRST + SECOND)[:3]}",
        "palette, one customer": lambda: f"/find/?q=k{number():07d}",
    }


def _others(draw: random.Random, customers: int) -> dict[str, Address]:
    order = lambda: draw.randrange(1, int(customers * 2.5))  # noqa: E731  read in the table below
    return {
        "360": lambda: f"/customers/{draw.randrange(1, customers + 1)}/",
        "360 of a frequent buyer": lambda: f"/customers/{draw.randrange(1, 100)}/",
        "orders, newest": lambda: "/orders/",
        "orders, by number": lambda: f"/orders/?q=b{order()}",
        "orders, number's beginning": lambda: f"/orders/?q=b{draw.randrange(1, 200)}",
        "orders, by customer's name": lambda: f"/orders/?q={draw.choice(FIRST)}",
        "order": lambda: f"/orders/{order()}/",
        "home": lambda: "/",
    }
