"""What is decided of a pair. Merging the records is up to `mainstay.customers.merging`."""

from datetime import datetime
from typing import Any

from django.db import transaction

from mainstay.people.permissions import require
from mainstay.records.actions import record

from .models import Pair, PairState


@transaction.atomic
def decide(*, pair: Pair, state: PairState, by: Any, now: datetime) -> Pair:
    """Note that a pair was merged, is kept apart, or is open again; `by=None`: merged by rule."""
    if by is not None:
        require(by, "customers.edit")
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    if pair.state == state:
        return pair
    old = {"state": pair.state}
    pair.state = state
    pair.decided_by, pair.decided_at = (None, None) if state == PairState.OPEN else (by, now)
    pair.save()
    new = {"state": state, "left": pair.left_id, "right": pair.right_id}
    record(by=by, verb="duplicate_pair.decided", target=pair, old=old, new=new, now=now)
    return pair
