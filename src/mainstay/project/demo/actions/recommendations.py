"""Write who recommended the demo's wholesaler to whom: a few customers do so again and again."""

from datetime import datetime

import numpy as np

from mainstay.customers.models import Customer
from mainstay.customers.recommendations.models import Recommendation

BROUGHT_SHARE = 0.08  # of the customers came by a recommendation
FRIENDS_SHARE = 0.06  # of the customers are among those who give them


def load(*, seed: int, now: datetime) -> None:
    """Draw whom each newcomer was recommended by, out of customers known before."""
    rng = np.random.default_rng(seed + 7)
    numbers = np.array(Customer.objects.order_by("pk").values_list("pk", flat=True))
    half = numbers.size // 2
    friends = rng.choice(numbers[:half], size=max(1, round(half * FRIENDS_SHARE)), replace=False)
    often = rng.gamma(0.8, 1.0, friends.size) + 0.1
    brought = rng.choice(numbers[half:], size=round(half * 2 * BROUGHT_SHARE), replace=False)
    givers = rng.choice(friends, size=brought.size, p=often / often.sum())
    stamps = {"created_at": now, "updated_at": now}
    Recommendation.objects.bulk_create(
        Recommendation(customer_id=int(newcomer), given_by_id=int(giver), **stamps)
        for newcomer, giver in zip(brought, givers, strict=True)
    )
