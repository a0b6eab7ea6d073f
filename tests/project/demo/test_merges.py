"""The search finds what the demo's clerk typed in twice, and nothing else."""

from datetime import datetime

import pytest

from mainstay.customers.duplicates.models import Pair
from mainstay.customers.merging.models import Absorbed
from mainstay.customers.models import Customer
from mainstay.project.demo import actions
from mainstay.project.demo.actions import merges, sign_in
from mainstay.project.demo.actions.rows import Keys

pytestmark = pytest.mark.django_db
SIZE = 400


def test_the_search_finds_the_known_duplicates(now: datetime) -> None:
    drawn = actions.make_company(size=SIZE, seed=3, password=sign_in.password(), now=now)
    keys = Keys(Customer.objects.order_by("pk")[0].pk)
    known = {tuple(sorted(pair)) for pair in merges.known_twice(drawn, keys)}
    gone = Absorbed.objects.get().customer_id
    known = {pair for pair in known if gone not in pair}

    scan = merges.search(now=now)

    found = set(Pair.objects.values_list("left_id", "right_id"))
    right = len(found & known)
    assert len(known) >= 5
    assert (right / len(found), right / len(known)) == (1.0, 1.0), "precision, recall"
    assert scan.started_by is not None
    assert scan.started_by.role == "manager"
