"""An account to plan for: the client RL of the lecture, as far as it tells of it."""

from typing import Any

from mainstay.account_plans.action_plans.proposing import Somebody
from mainstay.account_plans.certainty import actions as certainty
from mainstay.account_plans.workspace import queries as workspace
from tests.account_plans.workspace.worlds import key_account
from tests.conftest import NOW
from tests.factories.customers import AffiliationFactory, ContactFactory

# Of service A: certainty of need, market, transaction; now and wanted.
CERTAINTY = {"need": (3, 3), "market": (2, 3), "transaction": (2, 3)}
# Position, roles and goals of the buying centre.
PEOPLE = (
    ("Purchasing manager", ("buyer",), "technical know-how, risk reduction"),
    ("Project manager", ("user", "initiator"), "risk reduction"),
    ("President", ("decider",), "quality"),
)


def rl(by: Any) -> workspace.Account:
    """Return RL as a key account, seen by its owner."""
    return seen(by, key_account(by, "RL"))


def seen(user: Any, customer: Any) -> workspace.Account:
    found = workspace.account(user, customer.pk)
    assert found is not None
    return found


def certain(account: workspace.Account, name: str = "Service A") -> Any:
    """Return the service, judged as in the lecture."""
    known: Any = {"by": account.user, "now": NOW, "account": account}
    row = certainty.set_offering(**known, values={"name": name})
    for kind, (present, wanted) in CERTAINTY.items():
        values = {"present": present, "wanted": wanted, "evidence": "Seen in the offers."}
        certainty.rate(**known, offering=row, kind=kind, values=values)
    return row


def people(account: workspace.Account) -> list[Somebody]:
    """Return the lecture's three people, who are contacts of the account."""
    found = []
    for position, roles, goals in PEOPLE:
        contact = ContactFactory(name=position)
        AffiliationFactory(customer=account.customer, contact=contact)
        found.append(Somebody(contact, position, roles, goals))
    return found
