"""What the demo's key accounts are planned for: certainty, actions, teams, plans."""

from datetime import datetime, timedelta
from typing import Any

from mainstay.account_plans.action_plans import actions as action_plans
from mainstay.account_plans.action_plans import proposing
from mainstay.account_plans.action_plans import queries as planned
from mainstay.account_plans.action_plans.choices import Role as Buys
from mainstay.account_plans.certainty import actions as certainty
from mainstay.account_plans.certainty import queries as certainty_of
from mainstay.account_plans.plan import actions as plans
from mainstay.account_plans.selection.models import KeyAccount
from mainstay.account_plans.team import actions as team
from mainstay.account_plans.workspace import queries as workspace
from mainstay.customers import queries as customers
from mainstay.people.models import Role, User
from mainstay.project.demo.actions.staff import sign_in_of
from mainstay.shared.paper import NoFonts

MONTH = timedelta(days=30)
# Certainty of need, market, transaction: now and wanted. The first is service A of the lecture.
SERVICES = (
    ("Framework deliveries", ((3, 3), (2, 3), (2, 3))),
    ("Packaging made to measure", ((1, 3), (2, 2), (2, 3))),
    ("Stock kept at the customer’s", ((2, 3), (3, 3), (1, 2))),
    ("Repairs within a day", ((3, 2), (3, 3), (3, 3))),
)
UNSURE = (1, 4)  # accounts that are low in some certainty
EVIDENCE = (
    "Their engineers write the specification themselves, and ask us for details.",
    "Two other suppliers were invited to the last tender; we came second on price.",
    "One late delivery in spring was still mentioned at the last review.",
)
# Roles and goals as in the lecture's worked examples, then others as they come.
BUYING = (
    ((Buys.BUYER,), "technical know-how, risk reduction"),
    ((Buys.USER, Buys.INITIATOR), "risk reduction"),
    ((Buys.DECIDER,), "quality"),
    ((Buys.ADVISER,), "fewer kinds of material"),
    ((Buys.GATEKEEPER,), "nobody loses time"),
)
STRATEGIES = (
    ("more_same", ["tailoring", "speed", "service"], "They leave who costs them time, not money."),
    ("more_more", ["guarantees", "tailoring"], "A stopped line costs them more than any price."),
    ("same_less", ["lower_costs", "convenience"], "They compare, so we carry the storage."),
)
ACCOUNT_ACTIONS = (
    ("strategic", "information", "Show our stock and lead times in their purchasing system", 60),
    ("strategic", "process", "Plan deliveries together, a quarter ahead", 90),
    ("operational", "framework", "Renew the framework agreement with 45 days to pay", 40),
    ("operational", "contact", "Meet on site every month", 12),
)
LEVELS = {
    "time": (4, 3),
    "automation": (3, 3),
    "selling": (4, 4),
    "procedures": (4, 4),
    "contact": (5, 5),
    "motivating": (4, 3),
    "negotiating": (5, 3),
    "conflict": (4, 4),
    "analysis": (4, 2),
    "deciding": (4, 4),
    "empathy": (5, 5),
    "speaking": (5, 4),
    "team": (4, 3),
    "organising": (4, 4),
}
WRITTEN = (
    ("goals", "Win a quarter of what they buy elsewhere within two years, line by line."),
    ("resources", "Two days of an engineer a month until the new line runs."),
    ("resources", "Limit: no stock beyond six weeks is kept for one customer."),
)


def load(*, now: datetime) -> None:
    """Plan for every key account whose owner may; the first of them in full."""
    manager = User.objects.get(email=sign_in_of(Role.MANAGER))
    rows = KeyAccount.objects.filter(archived_at=None).select_related("customer__owner")
    for place, key in enumerate(rows.order_by("pk")):
        by = key.customer.owner or manager
        account = workspace.account(by, key.customer_id) or workspace.account(
            manager, key.customer_id
        )
        if account is not None:
            _plan(account, place, now)
    first = rows.order_by("pk").first()
    seen = workspace.account(manager, first.customer_id) if first else None
    if seen is not None:
        _approve(seen, now)


def _plan(account: Any, place: int, now: datetime) -> None:
    known = {"by": account.user, "now": now, "account": account}
    _judge(known, place)
    people = _people(account, 2 + (place + 1) % 4 if place else len(BUYING))
    proposing.propose(**known, people=people)
    for layer, entry, title, days in ACCOUNT_ACTIONS[: 4 - place % 3]:
        due = (now + timedelta(days=days)).date()
        values = {"layer": layer, "entry": entry, "title": title, "due_date": due}
        values["assignee"] = account.user if layer == "operational" else None
        action_plans.plan(**known, values=values)
    price, ways, reason = STRATEGIES[place % len(STRATEGIES)]
    strategy = {"price": price, "ways": ways, "organisation": "teams", "reason": reason}
    if place != 3:  # noqa: PLR2004  one has none yet
        action_plans.set_strategy(**known, values=strategy)
    _work(known, place)
    _staff(account, known)


def _judge(known: dict[str, Any], place: int) -> None:
    for name, cells in SERVICES[: 3 - place % 2]:
        row = certainty.set_offering(**known, values={"name": name})
        for n, (kind, (present, wanted)) in enumerate(
            zip(("need", "market", "transaction"), cells, strict=True)
        ):
            on = (known["now"] - MONTH * (1 + (place + n) % 8)).date()
            if place % 3 == 2 and n == 1:  # noqa: PLR2004  somebody forgot
                continue
            now = present if place in UNSURE else max(present, 2)
            values = {"present": now, "wanted": wanted, "evidence": EVIDENCE[n], "rated_on": on}
            certainty.rate(**known, offering=row, kind=kind, values=values)


def _people(account: Any, n: int) -> list[proposing.Somebody]:
    contacts = customers.contacts_at(account.customer).order_by("pk")[:n]
    return [
        proposing.Somebody(contact, contact.name, roles, goals)
        for contact, (roles, goals) in zip(contacts, BUYING, strict=False)
    ]


def _work(known: dict[str, Any], place: int) -> None:
    """Let the first actions be done, and one be late."""
    rows = list(planned.planned(known["account"].customer))
    for row in rows[: 3 if place % 2 else 2]:
        action_plans.turn(**known, action=row, state="done")
    if len(rows) > 4:  # noqa: PLR2004
        task = rows[4].task
        task.due_date = (known["now"] - timedelta(days=4 + place)).date()
        task.save()


def _staff(account: Any, known: dict[str, Any]) -> None:
    roles = (
        ("Key account manager", "The whole account; president and purchasing", True),
        ("Senior engineer", "Quality, deadlines, the project manager", False),
        ("Junior engineer", "Technical information, samples", False),
    )
    reach = list(User.objects.filter(role=Role.ACCOUNT_MANAGER).order_by("pk"))
    ours = [account.customer.owner, *(u for u in reach if u != account.customer.owner)]
    sees = [u for u in ours if u and customers.visible_to(u).filter(pk=account.pk).exists()]
    for user, (role, tasks, leads) in zip(sees, roles, strict=False):
        values = {"user": user, "role": role, "tasks": tasks, "leads": leads}
        team.set_member(**known, values=values)
    if sees:
        levels = {key: {"wanted": w, "present": p} for key, (w, p) in LEVELS.items()}
        team.judge_skills(by=sees[0], now=known["now"], whom=sees[0], ratings=levels)


def _approve(account: Any, now: datetime) -> None:
    """Write into the plan of the first account; the manager approves what was put forward."""
    owner = workspace.account(account.customer.owner, account.pk)
    if owner is None:
        return
    known: Any = {"by": owner.user, "now": now - MONTH, "account": owner}
    for part, text in WRITTEN:
        plans.write(**known, part=part, text=text)
    try:
        version = plans.put_forward(**known, note="The first plan")
    except (NoFonts, plans.TooLong):
        return
    decided: Any = {"by": account.user, "now": now - MONTH, "account": account}
    plans.decide(**decided, version=version, state="approved", remark="Go ahead.")
    text = "Nobody but us knows their machines; purchasing does not see that yet."
    plans.write(**known, part="assumptions", key="certainty.market", text=text)
    cell = certainty_of.offerings(owner.customer)[0]
    values = {"present": 3, "wanted": 3, "evidence": "They named us preferred supplier."}
    certainty.rate(**known | {"now": now}, offering=cell, kind="market", values=values)
    for row in list(certainty_of.offerings(owner.customer))[1:]:
        certainty.rate(**known | {"now": now}, offering=row, kind="market", values=values)
