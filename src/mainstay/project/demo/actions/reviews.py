"""Reviews with the demo's key accounts: one held with decisions, the next one planned."""

from datetime import datetime, timedelta
from typing import Any

from mainstay.account_plans.reviews import actions, queries
from mainstay.account_plans.selection.models import KeyAccount
from mainstay.account_plans.workspace import queries as workspace
from mainstay.customers import queries as customers
from mainstay.customers.todo import actions as todo

DAY = timedelta(days=1)
# Of each account in turn: days since the last review (none: not held yet), days to the next.
RHYTHM = ((47, 9), (96, 21), (160, None), (None, 14), (33, 58))
PLACES = ("At the customer’s", "Online", "In our plant")
# What was decided, how many days after the review it is due, and whether it is done.
DECIDED = (
    ("Send the list of stock by site every Monday", 14, True),
    ("Offer the framework agreement for next year", 40, False),
    ("Bring a sample of the new packaging to the plant", 60, False),
    ("Name one person each for complaints", 21, True),
)
POINTS = (
    ("Their plans for the new line", "Starts in spring; two shifts from the beginning.", False),
    ("How we speak about prices this year", "Not before the framework agreement.", True),
)
MINUTES = (
    "They are content with deliveries since the summer. The late one in spring was mentioned once"
    " more; we showed what was changed in planning.\nNext time their head of quality joins us."
)


def load(*, now: datetime) -> None:
    """Hold and plan reviews of the key accounts whose owner may."""
    rows = KeyAccount.objects.filter(archived_at=None).select_related("customer__owner")
    for place, key in enumerate(rows.order_by("pk")):
        owner = key.customer.owner
        account = workspace.account(owner, key.customer_id) if owner else None
        if account is not None and account.may_edit:
            _of_account(account, place, now)


def _of_account(account: Any, place: int, now: datetime) -> None:
    before, after = RHYTHM[place % len(RHYTHM)]
    if before is not None:
        _held(account, place, now - before * DAY, now)
    if after is not None:
        known = {"by": account.user, "now": now, "account": account}
        on = (now + after * DAY).date()
        actions.plan(**known, values=_values(account, place + 1, on))


def _values(account: Any, place: int, on: Any) -> dict[str, Any]:
    theirs = list(customers.contacts_at(account.customer).order_by("pk")[:2])
    place_name = PLACES[place % len(PLACES)]
    return {"held_on": on, "place": place_name, "ours": [account.user], "theirs": theirs}


def _held(account: Any, place: int, then: datetime, now: datetime) -> None:
    known: Any = {"by": account.user, "now": then, "account": account}
    meeting = actions.plan(**known, values=_values(account, place, then.date()))
    about = known | {"meeting": meeting}
    for point in queries.points(meeting)[:1]:
        actions.write_point(**about, point=point, values={"note": "Gone through one by one."})
    for text, note, inside in POINTS[: 1 + place % 2]:
        actions.write_point(**about, values={"text": text, "note": note, "is_inside": inside})
    for title, days, done in DECIDED[: 4 - place % 2]:
        due = (then + days * DAY).date()
        values = {"title": title, "assignee": account.user, "due_date": due}
        decided = actions.decide(**about, values=values)
        if done and decided.task:
            on = min(now, then + (days - 3) * DAY)
            todo.finish(by=account.user, now=on, task=decided.task)
    actions.change(**about, values={"minutes": MINUTES})
    actions.hold(**about)
