"""Whose value survives a merge: decisions on plain values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

SHIPPED = dict.fromkeys(("description", "particulars", "relationship", "notes"), "longest")
# A field that goes with another: a campaign belongs to its channel, a team to its owner.
FOLLOWS = {"acquisition_campaign": "acquisition_channel", "team": "owner"}
# True for the merged record as soon as it is true for one of them.
ANY = ("restricted",)
UNTRUSTED = 1_000_000


@dataclass(frozen=True)
class Candidate:
    """One of the records to be merged, as far as the rules ask."""

    pk: int
    values: Mapping[str, Any]
    updated_at: datetime
    # The place of its most trusted source.
    trust: int = UNTRUSTED

    @property
    def filled(self) -> int:
        return sum(1 for value in self.values.values() if value not in ("", None, False))


@dataclass(frozen=True)
class Proposal:
    """Whose value is proposed for a field, and why."""

    pk: int
    why: str


def survivor(candidates: Iterable[Candidate]) -> int:
    """Return the record to keep: the most complete one, the oldest of those."""
    return min(candidates, key=lambda each: (-each.filled, each.pk)).pk


def proposal(field: str, rule: str, kept: int, candidates: Sequence[Candidate]) -> Proposal:
    """Return whose value the rule takes; an empty value never wins over one that says something."""
    filled = [each for each in candidates if each.values[field] not in ("", None)]
    if not filled:
        return Proposal(kept, "empty")
    if len({each.values[field] for each in candidates}) == 1:
        return Proposal(kept, "same")
    if len({each.values[field] for each in filled}) == 1:
        only = next((each for each in filled if each.pk == kept), filled[0])
        return Proposal(only.pk, "only")
    best = min(filled, key=lambda each: (*_order(rule, field, each), each.pk != kept, each.pk))
    return Proposal(best.pk, rule)


def _order(rule: str, field: str, candidate: Candidate) -> tuple[float, ...]:
    match rule:
        case "newest":
            return (-candidate.updated_at.timestamp(),)
        case "complete":
            return (-candidate.filled,)
        case "longest":
            return (-len(str(candidate.values[field])),)
        case "source":
            return (candidate.trust,)
        case _:
            return ()


def values(choices: Mapping[str, int], candidates: Sequence[Candidate]) -> dict[str, Any]:
    """Return what the survivor holds when each field is taken from the record chosen for it."""
    of = {each.pk: each.values for each in candidates}
    taken = {field: of[pk][field] for field, pk in choices.items()}
    for follower, leader in FOLLOWS.items():
        if leader in choices and follower in taken:
            taken[follower] = of[choices[leader]][follower]
    for field in ANY:
        if field in taken:
            taken[field] = any(each.values[field] for each in candidates)
    return taken


def parent(
    wished: int | None, group: Collection[int], above: Mapping[int, int | None]
) -> int | None:
    """Return the wished parent, or the next above it that does not stand below the group.

    `above` gives the parent of each record.
    """
    met: set[int] = set()
    place, outside = wished, wished
    while place is not None and place not in met:
        met.add(place)
        place_above = above.get(place)
        if place in group:
            outside = place_above
        place = place_above
    return None if outside in group else outside


def clusters(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups of records that pairs tie together, each sorted."""
    leader: dict[int, int] = {}

    def find(pk: int) -> int:
        while leader.setdefault(pk, pk) != pk:
            leader[pk] = leader[leader[pk]]
            pk = leader[pk]
        return pk

    for left, right in pairs:
        first, second = sorted((find(left), find(right)))
        leader[second] = first
    groups: dict[int, list[int]] = {}
    for pk in sorted(leader):
        groups.setdefault(find(pk), []).append(pk)
    return list(groups.values())
