"""Going through the open pairs: which one is on, its neighbours, and the group it belongs to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from mainstay.customers.duplicates import queries as pairs
from mainstay.customers.merging import queries
from mainstay.customers.merging.actions import Wish
from mainstay.shared.numbers import row_number, row_numbers

LARGEST_GROUP = 6
COUNTED = 1000
LATER = "merging_later"
LAST = "merging_last"
MOST_LATER = 300
FIELD = "field-"


@dataclass(frozen=True)
class Asked:
    """What the form of two or more records says."""

    subject: str
    pks: tuple[int, ...]
    kept: int | None
    choices: Mapping[str, int]

    def wish(self, origin: str) -> Wish:
        kept = self.kept or 0
        if kept not in self.pks:
            raise ValidationError(_("Choose which of the records stays."))
        others = tuple(pk for pk in self.pks if pk != kept)
        return Wish(self.subject, kept, others, self.choices, origin)


def asked(data: QueryDict) -> Asked:
    """Read the form, or the address that opens it."""
    subject = "contact" if data.get("subject") == "contact" else "customer"
    pks = row_numbers(data.getlist("record"))
    choices = {
        name.removeprefix(FIELD): pk
        for name, typed in data.items()
        if name.startswith(FIELD) and (pk := row_number(typed))
    }
    # What was chosen of a record that does not come along is left to the rules.
    choices = {name: pk for name, pk in choices.items() if pk in pks}
    return Asked(subject, tuple(dict.fromkeys(pks)), row_number(data.get("kept", "")), choices)


def rows(user: Any, asked_for: Asked) -> list[Any]:
    """Return the records asked for that the user sees and that are no tombstones."""
    found = queries.seen_by(user, asked_for.subject).filter(pk__in=asked_for.pks)
    gone = queries.survivors(asked_for.subject, asked_for.pks)
    return [row for row in found.order_by("pk") if row.pk not in gone]


def current(user: Any, wanted: int | None, later: Collection[int]) -> Any:
    """Return the pair that was asked for, else the first that nobody put off."""
    open_ones = pairs.open_pairs(user)
    if wanted and (found := open_ones.filter(pk=wanted).first()):
        return found
    not_put_off = open_ones.exclude(pk__in=later).first() if later else None
    return not_put_off or open_ones.first()


def neighbours(user: Any, pair: Any) -> dict[str, Any]:
    """Return the numbers of the pairs before and after, and how many are open."""
    open_ones = pairs.open_pairs(user)
    p, pk = pair.probability, pair.pk
    after = open_ones.filter(Q(probability__lt=p) | Q(probability=p, pk__gt=pk))
    before = open_ones.filter(Q(probability__gt=p) | Q(probability=p, pk__lt=pk))
    earlier = before.order_by("probability", "-pk")
    count = len(open_ones.order_by().values_list("pk")[: COUNTED + 1])
    return {
        "after": after.values_list("pk", flat=True).first(),
        "before": earlier.values_list("pk", flat=True).first(),
        "open": count,
        "more": count > COUNTED,
    }


def group(user: Any, pair: Any) -> list[int]:
    """Return the records that open pairs tie to this one, nearest first."""
    found, fresh = [pair.left_id, pair.right_id], [pair.left_id, pair.right_id]
    while fresh and len(found) < LARGEST_GROUP:
        touching = pairs.open_pairs(user).filter(Q(left__in=fresh) | Q(right__in=fresh))
        ends = touching.values_list("left_id", "right_id")[:LARGEST_GROUP]
        fresh = [pk for both in ends for pk in both if pk not in found]
        found += list(dict.fromkeys(fresh))
    return found[:LARGEST_GROUP]
