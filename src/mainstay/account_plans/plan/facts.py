"""All that a plan is told from, read once."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from mainstay.account_plans.action_plans import queries as action_plans
from mainstay.account_plans.buying_centre import queries as buying_centre
from mainstay.account_plans.certainty import queries as certainty
from mainstay.account_plans.library import queries as library
from mainstay.account_plans.library.presets import Item
from mainstay.account_plans.relationship import queries as relationship
from mainstay.account_plans.selection import queries as selection
from mainstay.account_plans.team import queries as team
from mainstay.account_plans.workspace.queries import Account
from mainstay.customers import queries as customers
from mainstay.people import queries as people

FIGURES = ("revenue", "clv", "net_profit", "current_gap", "future_gap", "tenure")


@dataclass(frozen=True)
class Facts:
    """The account as its plan sees it today."""

    account: Account
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def relation(self) -> relationship.Relation:
        return relationship.relation(self.account.pk)

    @cached_property
    def approach(self) -> Any:
        return relationship.approach(self.account.pk)

    @cached_property
    def level(self) -> Any:
        return relationship.levels(self.account.pk).first()

    @cached_property
    def centre(self) -> buying_centre.Centre:
        return buying_centre.centre(self.account, self.now)

    @cached_property
    def certainty(self) -> dict[Any, list[certainty.Cell]]:
        return certainty.table(self.account.customer)

    @cached_property
    def effects(self) -> dict[str, Any]:
        return certainty.effects(self.certainty)

    @cached_property
    def table(self) -> action_plans.Table:
        return action_plans.table(self.account.customer)

    @cached_property
    def team(self) -> list[Any]:
        return list(team.team(self.account.customer))

    @cached_property
    def library(self) -> dict[str, dict[str, Item]]:
        return {topic: library.by_key(rows) for topic, rows in library.library().items()}

    @cached_property
    def contacts(self) -> list[Any]:
        """Return contact and position, by name."""
        return list(
            customers.contacts_at(self.account.customer)
            .order_by("sort_name", "pk")
            .values_list("name", "affiliations__position", "email")
            .filter(affiliations__customer=self.account.customer)
        )

    @cached_property
    def figures(self) -> dict[str, float]:
        """Return the figures of the current runs that are known of this customer."""
        found = selection.figures_of(self.account.user, self.account.pk, FIGURES)
        return {name: value for name, value in found.items() if value is not None}

    def neutral(self) -> "Facts":
        """Return the same facts to be told in another language."""
        same = Facts(self.account, self.now)
        read = {name: value for name, value in vars(self).items() if name != "library"}
        vars(same).update(read)
        return same

    @property
    def currency(self) -> str:
        return str(people.company().currency)


def facts(account: Account, now: datetime) -> Facts:
    return Facts(account, now)
