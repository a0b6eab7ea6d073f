"""Which account a page is about, and what its reader may do there."""

from dataclasses import dataclass
from typing import Any

from mainstay.account_plans.selection.models import KeyAccount
from mainstay.customers.merging import queries as merging
from mainstay.customers.queries import changed_by, visible_to
from mainstay.people.permissions import can


@dataclass(frozen=True)
class Account:
    """A customer that is or was a key account, as one person sees it."""

    customer: Any
    key: KeyAccount
    user: Any
    may_edit: bool

    @property
    def pk(self) -> int:
        """Return the number of the customer, by which its pages are addressed."""
        return int(self.customer.pk)

    @property
    def is_former(self) -> bool:
        return self.key.archived_at is not None


def account(user: Any, customer: int) -> Account | None:
    """Return the account if the customer was ever chosen and the user may see it.

    Policy: who sees the customer sees its account; a customer that is shared to be looked at only
    can be looked at here too.
    """
    if not can(user, "accounts.view"):
        return None
    rows = KeyAccount.objects.filter(customer=customer, customer__in=visible_to(user))
    rows = rows.select_related("customer__owner", "customer__team", "selection", "by")
    key = max(rows, key=lambda row: (row.archived_at is None, row.pk), default=None)
    if key is None:
        return None
    changes = key.archived_at is None and can(user, "accounts.edit")
    may_edit = changes and changed_by(user).filter(pk=customer).exists()
    return Account(key.customer, key, user, may_edit)


def account_it_became(user: Any, customer: int) -> Account | None:
    """Return the account that a merged customer's plan goes on in, if the user may see it."""
    kept = merging.into("customer", customer)
    return account(user, kept) if kept else None


def chosen_by_all() -> set[int]:
    """Return the numbers of all customers that are key accounts now: only to narrow by."""
    return set(KeyAccount.objects.filter(archived_at=None).values_list("customer", flat=True))
