"""Write who recommended the demo's wholesaler to whom: a few customers do so again and again."""

from datetime import datetime
from typing import Any

import numpy as np

from mainstay.customers.models import Customer
from mainstay.customers.recommendations.models import Recommendation

CHANNEL = "Recommendation"
KNOWN_SHARE = 0.6  # of those who came by one, the giver is noted
FRIENDS_SHARE = 0.12  # of the customers are among those who give them


def load(*, seed: int, now: datetime) -> None:
    """Draw whom each newcomer was recommended by: somebody known for it, in the same country."""
    rng = np.random.default_rng(seed + 7)
    places = dict(Customer.objects.order_by("pk").values_list("pk", "country"))
    friends = rng.choice(
        list(places), size=max(1, round(len(places) * FRIENDS_SHARE)), replace=False
    )
    often = rng.gamma(2.0, 1.0, friends.size)
    near = np.array([places[int(friend)] for friend in friends])
    came = Customer.objects.filter(acquisition_channel__name=CHANNEL)
    stamps = {"created_at": now, "updated_at": now}
    Recommendation.objects.bulk_create(
        Recommendation(customer_id=newcomer, given_by_id=giver, **stamps)
        for newcomer in came.order_by("pk").values_list("pk", flat=True)
        if rng.random() < KNOWN_SHARE
        and (giver := _one_of(rng, friends, often * (near == places[newcomer])))
        not in (None, newcomer)
    )


def _one_of(rng: np.random.Generator, friends: Any, often: Any) -> int | None:
    return int(rng.choice(friends, p=often / often.sum())) if often.sum() > 0 else None
