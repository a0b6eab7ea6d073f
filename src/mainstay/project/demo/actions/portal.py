"""What the demo's customers see of the work for them, and what they said of it."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from mainstay.account_plans.action_plans import queries as planned
from mainstay.account_plans.portal import actions, queries, tokens
from mainstay.account_plans.portal.actions import visitors as visiting
from mainstay.account_plans.portal.queries import visitors
from mainstay.account_plans.selection.queries import key_accounts
from mainstay.account_plans.workspace import queries as workspace
from mainstay.account_plans.workspace.queries import Account
from mainstay.people.models import Role, User
from mainstay.project.demo.actions.staff import sign_in_of

ACCOUNTS = 2
# Of each work: title, text, days since its beginning, whether it is finished, stages as title,
# first and last day after the beginning, state.
WORKS: tuple[tuple[str, str, int, bool, tuple[tuple[str, int, int, str], ...]], ...] = (
    (
        "New racking in the central store",
        "Racks for 1,200 pallets, fitted while the store keeps working: one aisle at a time.",
        60,
        False,
        (
            ("Survey and drawings", 0, 12, "done"),
            ("Delivery of the steel", 14, 35, "done"),
            ("Fitting, aisles 1 to 4", 36, 55, "running"),
            ("Fitting, aisles 5 to 8", 62, 80, "planned"),
            ("Acceptance and training", 82, 86, "planned"),
        ),
    ),
    (
        "Weekly deliveries by call-off",
        "Your planners call off by Thursday noon, we deliver on Monday.",
        120,
        True,
        (
            ("Agree quantities and days", 0, 10, "done"),
            ("Trial with two plants", 14, 42, "done"),
            ("All plants", 45, 75, "done"),
        ),
    ),
)
# Of each work: which stage (None: the whole), mark, words.
MARKS = (
    (
        (0, 5, "The drawings were right the first time."),
        (1, 4, ""),
        (2, 2, "Aisle 3 was closed two days longer than announced."),
    ),
    ((0, 4, ""), (1, 3, "The first two Mondays came late."), (None, 5, "Just what we wanted.")),
)
TALK = (
    ("Can aisle 4 wait until our stock-taking is over on Friday?", "It can: we begin on Monday."),
    ("Since week six everything has come on time. Thank you.", ""),
)
# Of the account's actions, as they begin: the words for the customer.
AGREED = {
    "Show our stock": "We show you our stock and lead times",
    "Plan deliveries": "We plan deliveries together each quarter",
    "Meet on site": "We come to your plant every month",
}


def load(*, now: datetime) -> None:
    """Keep works for the first key accounts, share them, and let one of their people look."""
    manager = User.objects.get(email=sign_in_of(Role.MANAGER))
    numbers = key_accounts(manager).order_by("pk").values_list("customer", flat=True)
    for number in numbers[:ACCOUNTS]:
        account = workspace.account(manager, number)
        if account is not None:
            _keep(account, now)


def _keep(account: Account, now: datetime) -> None:
    known: Any = {"by": account.user, "account": account}
    works = [_work(known, each, now) for each in WORKS]
    rows = planned.planned(account.customer).filter(line=None)
    for begins, words in AGREED.items():
        row = rows.filter(task__title__startswith=begins).first()
        if row is not None:
            actions.share_action(**known, now=now, number=row.pk, words=words)
    person = queries.present_people(account.customer, timezone.localdate(now)).first()
    if person is None:
        return
    at = now - timedelta(days=9)
    terms = {"contact": person.pk, "language": "en", "days": actions.DAYS[2]}
    invitation = actions.invite(**known, now=at, values=terms)
    key = visiting.come_in(token=tokens.token_of(invitation), address="", now=at)
    who = visitors.visitor(key or "", now=at)
    for work, marks, talk in zip(works, MARKS, TALK, strict=True):
        _say(known, who, work, (marks, talk), at)


def _work(known: Any, told: Any, now: datetime) -> Any:
    title, summary, ago, is_finished, stages = told
    account = known["account"]
    start = timezone.localdate(now) - timedelta(days=ago)
    last = start + timedelta(days=stages[-1][2])
    values = {"title": title, "summary": summary, "shared": True, "ours": account.customer.owner}
    values |= {"finished_on": last if is_finished else None}
    work = actions.set_work(**known, now=now, values=values)
    for name, first, until, state in stages:
        days = [start + timedelta(days=n) for n in (first, until)]
        given = {"title": name, "state": state, "planned_from": days[0], "planned_until": days[1]}
        given["began_on"] = None if state == "planned" else days[0]
        given["ended_on"] = days[1] + timedelta(days=1) if state == "done" else None
        actions.set_stage(**known, now=now, about=work, values=given)
    return work


def _say(known: Any, who: Any, work: Any, said: Any, at: datetime) -> None:
    marks, (asked, answered) = said
    stages = list(queries.in_order(work.stages.all()))
    visit: Any = {"who": who, "work": work}
    for place, (stage, mark, words) in enumerate(marks):
        about = None if stage is None else stages[stage]
        when = at + timedelta(minutes=3 * place)
        visiting.rate(**visit, now=when, stage=about, mark=mark, words=words)
    visiting.comment(**visit, now=at + timedelta(minutes=20), text=asked)
    if answered:
        actions.reply(**known, now=at + timedelta(hours=2), work=work, text=answered)
