"""The buying centres of the demo's key accounts: whole, thin, and one that a contact has left."""

from datetime import datetime, timedelta
from typing import Any

from mainstay.account_plans.buying_centre import actions
from mainstay.account_plans.buying_centre.models import Member
from mainstay.account_plans.selection.queries import key_accounts
from mainstay.account_plans.workspace import queries as workspace
from mainstay.customers.models import Affiliation, Contact, Interaction
from mainstay.people.models import Role, User
from mainstay.project.demo.actions.staff import sign_in_of
from mainstay.shared import text

# Name, position, roles, goals, influence, support, to whom (by place), days since we spoke.
Part = tuple[str, str, list[str], str, int, int, int | None, int | None]
WHOLE: tuple[Part, ...] = (
    ("Wiktor Halicki", "Managing director", ["decider"], "Quality; no standstill", 5, 1, None, 34),
    ("Dorota Zych", "Head of purchasing", ["buyer"], "Less risk, technical know-how", 4, 2, 0, 6),
    ("Igor Banaś", "Project manager", ["user", "initiator"], "Less risk", 3, 1, 0, 12),
    ("Marta Cieślik", "Chief financial officer", ["approver"], "Terms of payment", 4, 0, 0, 118),
    ("Paweł Oleś", "Head of maintenance", ["technical_buyer"], "Parts that fit", 3, 2, 2, 20),
    ("Halina Wrona", "Executive assistant", ["gatekeeper"], "A quiet diary", 2, -1, 0, 41),
)
THIN: tuple[Part, ...] = (
    ("Karol Mięta", "Buyer", ["procurement"], "A lower price", 3, -1, None, 9),
    ("Lena Sroka", "Head of the warehouse", ["end_user"], "Deliveries on time", 2, 1, None, 60),
)
LEFT: tuple[Part, ...] = (
    ("Olaf Brandt", "Technical director", ["champion"], "A common test bench", 4, 2, None, 210),
    ("Jutta Kranz", "Plant manager", ["decider"], "Output per shift", 5, 1, None, None),
    ("Sven Ohl", "Purchasing", ["buyer"], "Fewer suppliers", 3, 0, 1, 15),
)
CENTRES = (WHOLE, THIN, LEFT)
# Who influences whom, by place.
INFLUENCES = (((4, 1), (5, 0)), ((1, 0),), ((0, 1),))
FACTORS = {
    "unit_value": 4,
    "frequency": 2,
    "standard": 2,
    "risk": 4,
    "importance": 5,
    "supplier_new": 2,
    "phase": 3,
}


def load(*, now: datetime) -> None:
    """Name the people of the first accounts, with roles, lines and conversations."""
    manager = User.objects.get(email=sign_in_of(Role.MANAGER))
    anna = User.objects.get(email=sign_in_of(Role.ACCOUNT_MANAGER))
    numbers = list(key_accounts(manager).order_by("pk").values_list("customer", flat=True))
    for place, number in enumerate(numbers[: len(CENTRES)]):
        account = workspace.account(manager, number)
        known: Any = {"by": manager, "now": now, "account": account}
        made = [
            _member(known, part, (manager, anna)[n % 2]) for n, part in enumerate(CENTRES[place])
        ]
        for row, part in zip(made, CENTRES[place], strict=True):
            if part[6] is not None:
                actions.change(**known, member=row, values={"reports_to": made[part[6]]})
        for one, other in INFLUENCES[place]:
            actions.draw(**known, kind="influence", source=made[one], target=made[other])
        if place == 0:
            actions.judge_purchase(**known, factors=FACTORS, note="Spare parts for line two")
        if CENTRES[place] is LEFT:
            gone = now.date() - timedelta(days=30)
            Affiliation.objects.filter(contact=made[0].contact).update(to_date=gone)


def _member(known: Any, part: Part, by: User) -> Member:
    name, position, roles, goals, influence, support, _boss, days = part
    customer, now = known["account"].customer, known["now"]
    person = Contact.objects.create(
        name=name, sort_name=text.sort_name(name), search=text.search_text([name])
    )
    Affiliation.objects.create(contact=person, customer=customer, position=position)
    if days is not None:
        Interaction.objects.create(
            customer=customer,
            contact=person,
            user=by,
            channel="call",
            purpose="care",
            direction="out",
            outcome="reached",
            minutes=15,
            subject=f"Talk with {name}",
            occurred_at=now - timedelta(days=days),
        )
    values = {"roles": roles, "goals": goals, "influence": influence, "support": support}
    return actions.add(**known, contact=person.pk, values=values)
