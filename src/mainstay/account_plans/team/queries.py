"""Reads of our team, and of skills."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from mainstay.account_plans.library import queries as library
from mainstay.account_plans.library.choices import Topic
from mainstay.account_plans.library.presets import Item
from mainstay.people import queries as people
from mainstay.people.permissions import can

from .models import SkillRating, TeamMember


def team(customer: Any) -> QuerySet[TeamMember]:
    """Return our team, its key account manager first."""
    rows = TeamMember.objects.filter(customer=customer, archived_at=None)
    return rows.select_related("user").order_by("-leads", "pk")


def member(customer: Any, pk: int | None) -> TeamMember | None:
    return team(customer).filter(pk=pk).first() if pk else None


def may_judge(user: Any, whom: Any) -> bool:
    """Answer whether the user may see and judge these skills.

    Policy: a profile of skills is seen by the person, and by who manages people or customers.
    """
    return bool(user.pk == whom.pk or can(user, "people.view"))


def person(user: Any, pk: int) -> Any:
    """Return a member of staff whose skills the user may see."""
    found = people.owners().filter(pk=pk).first()
    return found if found is not None and may_judge(user, found) else None


@dataclass(frozen=True)
class Skill:
    """A skill of a person: what is wanted, what is there."""

    item: Item
    rating: SkillRating | None

    @property
    def present(self) -> int | None:
        return self.rating.present if self.rating else None

    @property
    def wanted(self) -> int | None:
        return self.rating.wanted if self.rating else None

    @property
    def gap(self) -> int | None:
        """Return how many levels are missing; below 0, more is there than wanted."""
        if self.present is None or self.wanted is None:
            return None
        return self.wanted - self.present


def skills(whom: Any) -> list[Skill]:
    """Return the profile of a person, skill by skill of the library."""
    rows = SkillRating.objects.filter(user=whom)
    latest = rows.order_by().values("skill").annotate(last=Max("pk"))
    given = SkillRating.objects.filter(pk__in=latest.values("last")).select_related("by")
    by_key = {row.skill: row for row in given}
    found = library.library().get(Topic.SKILL, [])
    return [Skill(item, by_key.get(item.key)) for item in found]
