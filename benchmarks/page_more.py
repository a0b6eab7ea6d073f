"""More pages that `pages.py` asks for: conversations, daily work, further filters, value."""

import random
from collections.abc import Callable
from datetime import timedelta

from benchmarks.page_data import FIRST, SECOND, START, USERS
from benchmarks.page_talks import PHRASES, SUBJECTS
from mainstay.customers.segments.models import Segment
from mainstay.shared.lists.keyset import Cursor

Address = Callable[[], str]
_MINUTES = 1_400_000


def pages(draw: random.Random, customers: int) -> dict[str, Address]:
    return _talks(draw, customers) | _work() | _filters(draw) | _found(draw, customers) | _value()


def _at(draw: random.Random) -> str:
    """Return the beginning of a page anywhere in a list of moments."""
    moment = START + timedelta(minutes=draw.randrange(_MINUTES))
    return f"after={Cursor(0, moment, 0).encoded()}"


def _day(draw: random.Random) -> str:
    return f"{START + timedelta(minutes=draw.randrange(_MINUTES)):%Y-%m-%d}"


def _talks(draw: random.Random, customers: int) -> dict[str, Address]:
    customer = lambda: draw.randrange(1, customers + 1)  # noqa: E731  read in the table below
    contact = lambda: draw.randrange(1, customers // 2 + 1)  # noqa: E731  as above
    listed = "/interactions/"
    return {
        "timeline of a customer": lambda: f"/customers/{customer()}/timeline/",
        "timeline of a frequent buyer": lambda: f"/customers/{draw.randrange(1, 100)}/timeline/",
        "contact": lambda: f"/customers/contacts/{contact()}/",
        "timeline of a contact": lambda: f"/interactions/contacts/{contact()}/timeline/",
        "who talks to whom": lambda: f"/interactions/customers/{customer()}/who/",
        "conversations": lambda: listed,
        "conversations, anywhere": lambda: f"{listed}?{_at(draw)}",
        "conversations, one of us": lambda: f"{listed}?user={draw.randrange(1, USERS)}",
        "conversations, complaints": lambda: f"{listed}?purpose=complaint",
        "conversations, letters of one of us": lambda: (
            f"{listed}?channel=letter&user={draw.randrange(1, USERS)}"
        ),
        "conversations, of a day": lambda: f"{listed}?since={(on := _day(draw))}&until={on}",
        "conversations, by words": lambda: f"{listed}?q={draw.choice(SUBJECTS).split()[0]}",
        "conversations, by two words": lambda: (
            f"{listed}?q={draw.choice(SUBJECTS).split()[0]}+{draw.choice(PHRASES).split()[-1]}"
        ),
    }


def _work() -> dict[str, Address]:
    return {
        "tasks": lambda: "/tasks/",
        "segments": lambda: "/segments/",
        "segment": lambda: f"/segments/{Segment.objects.get(preset='', kind='static').pk}/",
        "quality": lambda: "/quality/",
        "quality, worklist": lambda: "/quality/worklist/",
        "quality, one rule": lambda: "/quality/worklist/?rule=no_phone",
        "duplicates": lambda: "/customers/duplicates/",
        "duplicates, queue": lambda: "/customers/merges/",
        "stages": lambda: "/customers/lifecycle/",
    }


def _filters(draw: random.Random) -> dict[str, Address]:
    listed = "/customers/?"
    fixed = lambda: Segment.objects.get(preset="", kind="static").pk  # noqa: E731  as in `_talks`
    stage = lambda: draw.choice(["suspect", "repeat", "former"])  # noqa: E731  as above
    return {
        "list, kind": lambda: f"{listed}kind=person",
        "list, by team": lambda: f"{listed}team={draw.randrange(1, 9)}",
        "list, industry": lambda: f"{listed}industry={draw.choice(SECOND)}",
        "list, added from": lambda: f"{listed}added_from={_day(draw)}",
        "list, complained since": lambda: f"{listed}complained_from={_day(draw)}",
        "list, segment": lambda: f"{listed}in_segment={fixed()}",
        "list, stage": lambda: f"{listed}stage={stage()}",
        "list, stage and country": lambda: f"{listed}stage={stage()}&country=SE",
        "list, quality up to 50": lambda: f"{listed}quality_up_to=50",
    }


def _found(draw: random.Random, customers: int) -> dict[str, Address]:
    wrong = lambda word: f"{word[:2]}x{word[3:]}"  # noqa: E731  one letter, as people mistype
    return {
        "palette, words of a conversation": lambda: f"/find/?q={draw.choice(PHRASES).split()[-1]}",
        "palette, a rare word of a conversation": lambda: (
            f"/find/?q=a{draw.randrange(1, customers * 10)}"
        ),
        "palette, one letter wrong": lambda: f"/find/?q={wrong(draw.choice(FIRST))}",
        "palette, order": lambda: f"/find/?q=b{draw.randrange(1, int(customers * 2.5))}",
        "palette, nothing there": lambda: f"/find/?q=zzz{draw.randrange(10**6)}",
    }


def _value() -> dict[str, Address]:
    """Pages of the current run; without one they say so."""
    names = ("", "equity/", "profitability/", "profitability/matrix/", "profitability/worklist/")
    names += ("lists/", "cohorts/", "churn/", "churn/retention/", "gaps/", "acquisition/")
    return {f"value: {name.rstrip('/') or 'overview'}": _fixed(f"/value/{name}") for name in names}


def _fixed(address: str) -> Address:
    return lambda: address
