"""Write what follows from talks: how they went, tasks of the staff, what contacts prefer."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np

from mainstay.customers.models import Affiliation, Interaction
from mainstay.customers.preferences.models import Answer, Topic
from mainstay.customers.talks.models import Mention, Participant
from mainstay.customers.todo.models import Priority, State, Task
from mainstay.people.models import User

TOPICS = ("Prices and offers", "New products", "Delivery and stock", "Invitations to fairs")
TITLES = (
    "Send the new price list",
    "Call about the framework agreement",
    "Prepare the yearly review",
    "Ask how the samples went",
    "Clear up the wrong invoice",
)
CUSTOMERS = 60
CHANNELS = ("email", "call", "visit")
RHYTHMS = ("week", "month", "quarter")


def load(*, seed: int, now: datetime) -> None:
    """Give the latest talks an outcome and colleagues, and sixty customers tasks and wishes."""
    random = np.random.default_rng(seed + 7)
    Topic.objects.bulk_create([Topic(name=name) for name in TOPICS], ignore_conflicts=True)
    outward = Interaction.objects.filter(channel__in=("call", "visit", "meeting"), archived_at=None)
    outward.filter(purpose__in=("care", "talk")).update(
        direction="out", outcome="reached", minutes=15
    )
    outward.filter(purpose="information").update(direction="in", minutes=8)
    places = Affiliation.objects.filter(to_date=None).select_related("customer__owner", "contact")
    chosen = list(places.order_by("customer", "pk")[: CUSTOMERS * 3 : 3])
    Task.objects.bulk_create(
        [_task(random, place, number, now) for number, place in enumerate(chosen)]
    )
    Answer.objects.bulk_create(
        [row for number, place in enumerate(chosen) for row in _answers(random, place, number, now)]
    )
    _colleagues(now)


def _task(random: Any, place: Affiliation, number: int, now: datetime) -> Task:
    due = now.date() + timedelta(days=int(random.integers(-3, 25)))
    done = number % 4 == 0
    owner = place.customer.owner
    return Task(
        title=TITLES[number % len(TITLES)],
        customer=place.customer,
        contact=place.contact,
        assignee=owner,
        made_by=owner,
        due_date=due,
        time_zone="Europe/Warsaw",
        priority=Priority.HIGH if number % 7 == 0 else Priority.NORMAL,
        repeat_every=3 if number % 9 == 2 else None,  # noqa: PLR2004  some come again
        repeat_unit="month" if number % 9 == 2 else "",  # noqa: PLR2004  some come again
        state=State.DONE if done else State.OPEN,
        done_at=now - timedelta(days=number % 30, hours=number) if done else None,
        done_by=owner if done else None,
    )


def _answers(random: Any, place: Affiliation, number: int, now: datetime) -> list[Answer]:
    at = now - timedelta(days=int(random.integers(5, 200)))
    given = {
        "channel": CHANNELS[number % len(CHANNELS)],
        "rhythm": RHYTHMS[number % len(RHYTHMS)],
        "wanted": TOPICS[number % len(TOPICS)],
    }
    origin, by = ("link", None) if number % 3 == 0 else ("told", place.customer.owner)
    return [
        Answer(contact=place.contact, question=name, value=value, origin=origin, noted_by=by, at=at)
        for name, value in given.items()
    ]


def _colleagues(now: datetime) -> None:
    """Let the latest meetings have somebody of ours beside, and some talks name a colleague."""
    staff = list(User.objects.filter(is_active=True).order_by("pk"))
    latest = Interaction.objects.filter(occurred_at__lte=now).order_by("-occurred_at", "-pk")
    meetings = latest.filter(channel__in=("meeting", "visit"))[:40]
    Participant.objects.bulk_create(
        Participant(interaction=row, user=other, occurred_at=row.occurred_at)
        for number, row in enumerate(meetings)
        if (other := staff[number % len(staff)]).pk != row.user_id
    )
    named = [row for row in latest[:3] if row.user_id != staff[0].pk]
    for row in named:
        row.body = f"{row.body} @{staff[0].name}, please have a look."
    Interaction.objects.bulk_update(named, ["body"])
    Mention.objects.bulk_create(
        Mention(interaction=row, user=staff[0], made_by_id=row.user_id, created_at=row.occurred_at)
        for row in named
    )
