"""How the demo's people see the relationship with each key account, and how customers see it."""

from datetime import datetime, timedelta
from typing import Any

from mainstay.account_plans.relationship import actions, tokens
from mainstay.account_plans.relationship.choices import POINTS
from mainstay.account_plans.relationship.presets import shipped
from mainstay.account_plans.selection.queries import key_accounts
from mainstay.account_plans.workspace import queries as workspace
from mainstay.customers.queries import contacts_at
from mainstay.people.models import Role, User
from mainstay.project.demo.actions.staff import sign_in_of

# Of each account: power, information, cooperation, institution, commitment, trust, distance,
# outside (supplier), outside (customer), duration; 0 is not rated. Two of us, then theirs.
SEEN: tuple[tuple[tuple[int, ...], ...], ...] = (
    (
        (2, 5, 5, 4, 5, 5, 1, 4, 2, 5),
        (2, 4, 5, 4, 4, 5, 2, 4, 3, 5),
        (3, 4, 5, 3, 4, 5, 2, 0, 3, 5),
    ),
    (
        (4, 2, 3, 3, 3, 3, 3, 4, 4, 2),
        (5, 1, 3, 2, 3, 4, 3, 3, 4, 2),
        (4, 2, 2, 3, 2, 2, 4, 0, 4, 2),
    ),
    ((3, 4, 4, 5, 4, 4, 2, 2, 3, 4), (3, 2, 4, 4, 4, 2, 3, 2, 3, 4), ()),
    ((4, 3, 4, 2, 5, 4, 2, 3, 2, 3), (), (4, 3, 3, 2, 3, 4, 3, 0, 2, 3)),
    ((5, 2, 2, 3, 0, 3, 4, 5, 0, 1), (), ()),
)
NOTES = {
    "trust": ("They tell us what competitors offer.", "Talk of 12 March, their head of purchasing"),
    "information": ("Forecasts arrive a quarter ahead.", "Shared plan, updated each month"),
    "power": ("Three other suppliers could deliver tomorrow.", "Tender of last autumn"),
    "cooperation": ("The dispute about returns was settled in a week.", ""),
}
APPROACHES = ((5, 5, 4, 4, 3, 5, 4, 4, 4), (2, 4, 1, 3, 2, 2, 2, 3, 1), (4, 4, 3, 4, 2, 4, 3, 3, 2))
LEVELS = (
    ("proactive", "partnership", "They asked for a common forecast; our planners want it too."),
    ("reactive", "accountable", "Complaints come late. A call after each delivery costs little."),
    (
        "accountable",
        "proactive",
        "Their engineers listen to suggestions, purchasing pays for them.",
    ),
    ("accountable", "accountable", "Good as it is; what is more would not be paid."),
)
LONG_AGO = timedelta(days=410)  # the second account was last looked at by the manager


def load(*, now: datetime) -> None:
    """Rate the key accounts, ask some of their people, judge how we sell and at which level."""
    manager = User.objects.get(email=sign_in_of(Role.MANAGER))
    anna = User.objects.get(email=sign_in_of(Role.ACCOUNT_MANAGER))
    numbers = list(key_accounts(manager).order_by("pk").values_list("customer", flat=True))
    for place, number in enumerate(numbers[: len(SEEN)]):
        ours, mine, theirs = SEEN[place]
        long_ago = LONG_AGO if place == 1 else timedelta(days=20 + 9 * place)
        _rate(manager, number, mine, now - long_ago)
        _rate(_owner(anna, number) or manager, number, ours, now - timedelta(days=6 + place))
        _ask(manager, number, theirs, now - timedelta(days=4))
        _judge(manager, number, place, now - timedelta(days=5))


def _owner(anna: User, number: int) -> User | None:
    """Return Anna, if the account is one that she may change."""
    found = workspace.account(anna, number)
    return anna if found and found.may_edit else None


def _rate(by: Any, number: int, marks: tuple[int, ...], at: datetime) -> None:
    account = workspace.account(by, number)
    if account is None:
        return
    for criterion, value in zip(shipped(), marks, strict=False):
        note, evidence = NOTES.get(criterion.key, ("", ""))
        if value:
            values = {"value": value, "note": note, "evidence": evidence}
            actions.rate(by=by, now=at, account=account, criterion=criterion.key, values=values)


def _ask(by: Any, number: int, marks: tuple[int, ...], at: datetime) -> None:
    account = workspace.account(by, number)
    person = contacts_at(account.customer).order_by("pk").first() if account else None
    if account is None or person is None:
        return
    made = actions.invite(by=by, now=at, account=account, contact=person.pk, language="pl")
    if marks:
        given = zip(shipped(), marks, strict=True)
        values = {each.key: (value or None, "") for each, value in given}
        actions.answer(token=tokens.drawn(made), now=at, values=values)


def _judge(by: Any, number: int, place: int, at: datetime) -> None:
    account = workspace.account(by, number)
    if account is None or place >= len(LEVELS):
        return
    known: Any = {"by": by, "now": at, "account": account}
    if place < len(APPROACHES):
        answers = dict(zip(POINTS, APPROACHES[place], strict=True))
        actions.judge_approach(**known, answers=answers)
    level, wanted, why = LEVELS[place]
    actions.set_level(**known, values={"now": level, "wanted": wanted, "why": why})
