"""Begin the action table with what is known of the buying centre and the certainty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainstay.account_plans.certainty import queries as certainty
from mainstay.account_plans.workspace.actions import require_edit
from mainstay.account_plans.workspace.queries import Account
from mainstay.customers import queries as customers

from . import actions, presets, queries, rules
from .models import ActionLine

WEEKS = 4  # until the first action of a proposed line, two more for each after it


@dataclass(frozen=True)
class Somebody:
    """A person of the customer's, as the buying centre knows them."""

    contact: Any
    person: str
    roles: Sequence[str] = ()
    goals: str = ""
    standing: str = ""  # influence, support and to whom they report, in words


def missing(customer: Any, people: Sequence[Somebody]) -> list[Somebody]:
    """Return the people who have no line yet."""
    there = {row.contact_id for row in queries.lines(customer) if row.contact_id}
    return [each for each in people if each.contact is None or each.contact.pk not in there]


@transaction.atomic
def propose(
    *, by: Any, now: datetime, account: Account, people: Sequence[Somebody]
) -> list[ActionLine]:
    """Add a line with its actions for each of the people who has none."""
    require_edit(by, account)
    customer = account.customer
    effects = certainty.effects(certainty.table(customer))
    known: dict[str, Any] = {"by": by, "now": now, "account": account}
    ours = customer.owner if _sees(customer.owner, customer) else None
    made = []
    for each in missing(customer, people):
        found = rules.proposal(each.roles, effects)
        values = {
            "contact": each.contact,
            "person": each.person,
            "roles": list(each.roles),
            "goals": each.goals,
            "tactics": found.tactics,
            "relations": found.relations,
            "ours": ours,
        }
        line = actions.set_line(**known, values=values)
        _plan(line, known)
        made.append(line)
    return made


def _plan(line: ActionLine, known: dict[str, Any]) -> None:
    first = timezone.localdate(known["now"]) + timedelta(weeks=WEEKS)
    for place, title in enumerate(presets.steps(rules.leading(line.roles))):
        due = first + timedelta(weeks=2 * place)
        actions.plan(**known, line=line, values={"title": title, "due_date": due})


def _sees(user: Any, customer: Any) -> bool:
    return user is not None and customers.visible_to(user).filter(pk=customer.pk).exists()
