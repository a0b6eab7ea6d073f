"""All that the agenda of a review is proposed from, read once."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from mainstay.account_plans.action_plans import queries as action_plans
from mainstay.account_plans.buying_centre import queries as buying_centre
from mainstay.account_plans.certainty import queries as certainty
from mainstay.account_plans.relationship import queries as relationship
from mainstay.account_plans.workspace.queries import Account
from mainstay.customers import queries as customers
from mainstay.customers.queries.complaints import open_complaints
from mainstay.value import queries as value

from . import queries, rules
from .models import Meeting


@dataclass(frozen=True)
class Sales:
    """What the customer bought in all, by the current run and by one about the last review."""

    now_minor: int
    as_of: date
    currency: str
    then_minor: int | None = None
    then_as_of: date | None = None


@dataclass(frozen=True)
class Fallen:
    """A certainty that is lower than it was."""

    service: str
    kind: str
    then: int
    now: int


@dataclass(frozen=True)
class Facts:
    """The account as the agenda of one of its reviews sees it."""

    account: Account
    meeting: Meeting
    now: datetime

    @cached_property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def before(self) -> Meeting | None:
        return queries.before(self.meeting)

    @property
    def since(self) -> date:
        return rules.since(self.before.held_on if self.before else None, self.today)

    @cached_property
    def followed_up(self) -> list[Any]:
        return queries.followed_up(self.meeting)

    @cached_property
    def actions(self) -> list[Any]:
        """Return the open actions, the most urgent first; decisions are followed up apart."""
        decided = {row.task_id for row in queries.decisions(self.account.pk)}
        rows = action_plans.planned(self.account.customer).filter(task__state="open")
        return [row for row in rows if row.task_id not in decided]

    @cached_property
    def certainty(self) -> dict[Any, list[certainty.Cell]]:
        return certainty.table(self.account.customer)

    @cached_property
    def fallen(self) -> list[Fallen]:
        then = certainty.tables([self.account.pk], until=self.since)[self.account.pk]
        known = {(row.pk, cell.kind): cell.present for row, cells in then.items() for cell in cells}
        return [
            Fallen(row.name, cell.kind, earlier, cell.present)
            for row, cells in self.certainty.items()
            for cell in cells
            if (earlier := known.get((row.pk, cell.kind))) and cell.present
            if cell.present < earlier
        ]

    @cached_property
    def sales(self) -> Sales | None:
        """Return sales now and then; None where no run knows the customer."""
        run = value.current_run()
        found = value.value_in(run, self.account.pk, user=self.account.user) if run else None
        if run is None or found is None:
            return None
        currency = str(run.parameters["currency"])
        known = Sales(found.revenue_minor, run.as_of, currency)
        earlier = value.run_as_of(run, self.since)
        if earlier is None:
            return known
        then = value.value_in(earlier, self.account.pk, user=self.account.user)
        minor = then.revenue_minor if then else 0
        return Sales(found.revenue_minor, run.as_of, currency, minor, earlier.as_of)

    @cached_property
    def complaints(self) -> list[Any]:
        rows = customers.interactions_listed(self.account.user).filter(customer=self.account.pk)
        return list(rows.filter(pk__in=open_complaints().values("pk")).order_by("occurred_at"))

    @cached_property
    def gaps(self) -> list[Any]:
        """Return what is missing in the buying centre; nothing where nobody is named in it."""
        centre = buying_centre.centre(self.account, self.now)
        return centre.findings if centre.members else []

    @cached_property
    def relation(self) -> relationship.Relation:
        return relationship.relation(self.account.pk)


def facts(account: Account, meeting: Meeting, now: datetime) -> Facts:
    return Facts(account, meeting, now)
