"""Reads of the quality of data; each starts from what the user may see."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from mainstay.customers.quality.catalogue import RULES
from mainstay.customers.quality.models import Bounce, Finding, Plan, RuleSetting, Run, Score, State
from mainstay.customers.quality.rules import Use
from mainstay.customers.queries import reach, seen_by
from mainstay.customers.queries.counts import counted
from mainstay.people import queries as people
from mainstay.people.permissions import kept_from

MOST_ON_A_CARD = 8
LONGEST_RUN = timedelta(hours=6)


def settings() -> dict[str, RuleSetting]:
    """Return how the company uses each rule; as shipped where it has said nothing."""
    said = {row.key: row for row in RuleSetting.objects.all()}
    return {
        rule.key: said.get(rule.key)
        or RuleSetting(key=rule.key, weight=rule.weight, kind=rule.kind, limit=rule.limit)
        for rule in RULES
    }


def tells_hidden(user: Any) -> bool:
    """Tell whether the user may not read what findings quote: of which field, a rule decides."""
    return any(kept_from(user, f"customers.{name}") for name in ("customer", "contact", "address"))


def uses() -> list[Use]:
    """Return the rules in use."""
    return [
        Use(key, row.weight, row.kind, row.classes, row.limit or 0)
        for key, row in settings().items()
        if row.enabled
    ]


def plan() -> Plan:
    return Plan.objects.first() or Plan()


def bounced_addresses() -> frozenset[str]:
    return frozenset(Bounce.objects.values_list("email", flat=True))


def bounces() -> QuerySet[Bounce]:
    return Bounce.objects.order_by("-bounced_at", "-pk")


def runs() -> QuerySet[Run]:
    return Run.objects.order_by("-started_at", "-pk")


def latest_run() -> Run | None:
    """Return the latest check that came to its end."""
    return runs().exclude(finished_at=None).first()


def open_run(now: datetime) -> Run | None:
    """Return the check that is under way; one of hours ago died with its worker."""
    return runs().filter(finished_at=None, started_at__gt=now - LONGEST_RUN).first()


def run(number: int) -> Run:
    return Run.objects.get(pk=number)


def findings(user: Any) -> QuerySet[Finding]:
    """Return the findings at customers within the user's reach."""
    return Finding.objects.filter(reach(user, "customer__"))


def worklist(user: Any) -> QuerySet[Finding]:
    """Return the findings at customers that are not archived."""
    return findings(user).filter(customer__archived_at=None)


def finding(user: Any, pk: int) -> Finding | None:
    rows = findings(user).filter(pk=pk)
    return rows.select_related("customer", "contact", "address", "assignee", "closed_by").first()


def score_of(customer: Any) -> Score | None:
    return Score.objects.filter(customer=customer).first()


def open_at(customer: Any) -> QuerySet[Finding]:
    """Return what is to be seen to at the customer."""
    rows = Finding.objects.filter(customer=customer, state=State.OPEN)
    return rows.select_related("contact").order_by("rule", "pk")


def open_counts(user: Any) -> dict[str, int]:
    """Return how many findings are open, by rule, within the user's reach."""
    return counted(user, Finding.objects.filter(state=State.OPEN), "rule")


def scores(user: Any) -> QuerySet[Score]:
    customers = seen_by(user).filter(archived_at=None)
    return Score.objects.filter(customer__in=customers)


def assignees() -> list[Any]:
    """Return who may be asked to see to findings."""
    return list(people.named_owners())


def finding_at(user: Any, customer_id: int, rule: str) -> Finding | None:
    """Return the open finding of a rule at a customer, the first of several."""
    rows = worklist(user).filter(customer=customer_id, rule=rule, state=State.OPEN)
    return rows.order_by("pk").first()
