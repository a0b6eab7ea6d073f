"""Answers of the demo's customers, noted over the last two years."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np

from mainstay.customers.models import Customer
from mainstay.customers.profiling.models import Answer, Question

ASKED_SHARE = 0.35
ANSWERS = {
    "decides": ("The head of purchasing", "The owner", "Two signatures: plant and finance"),
    "next_need": ("Tape for the season", "New workwear in autumn", "Nothing before summer"),
    "other_suppliers": ("Vektor", "Two local shops", "Nobody else", "Baltex and the internet"),
    "yearly_need": ("12000", "45000", "8000", "120000"),
    "found_us": ("At the fair", "A colleague", "Searching the web"),
    "better": ("Shorter delivery", "Invoices by e-mail only", "Smaller packs"),
    "rhythm": ("monthly", "quarterly", "only when asked"),
    "employees": ("12", "85", "240", "7"),
}
OUTCOMES, CHANCES = ("answered", "declined", "asked"), (0.8, 0.08, 0.12)


def load(*, seed: int, by: Any, now: datetime) -> None:
    """Let a third of the customers have been asked a few questions."""
    random = np.random.default_rng([seed, 31])
    questions = {row.key: row for row in Question.objects.exclude(key="")}
    rows = []
    for customer in Customer.objects.order_by("pk").values_list("pk", flat=True):
        if random.random() > ASKED_SHARE:
            continue
        for key in random.permutation(list(ANSWERS))[: int(random.integers(1, 5))]:
            outcome = str(random.choice(OUTCOMES, p=CHANCES))
            said = ANSWERS[str(key)][int(random.integers(len(ANSWERS[str(key)])))]
            rows.append(
                Answer(
                    question=questions[str(key)],
                    customer_id=customer,
                    outcome=outcome,
                    value=said if outcome == "answered" else "",
                    source=str(random.choice(("Telephone", "Visit", "Fair"))),
                    confidence=str(random.choice(("high", "high", "medium"))),
                    answered_at=now - timedelta(days=int(random.integers(1, 700))),
                    by=by,
                )
            )
    Answer.objects.bulk_create(rows, batch_size=500)
