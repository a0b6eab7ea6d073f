"""Reads of groups: the tree of a customer, with what the current run says of each member."""

from dataclasses import dataclass
from typing import Any

from mainstay.customers.queries import trees
from mainstay.value import queries
from mainstay.value.models import CustomerValue, ValueRun


@dataclass(frozen=True)
class Group:
    tree: trees.Tree
    run: ValueRun | None
    values: dict[int, CustomerValue]


def group(user: Any, top: int) -> Group:
    """Return the customer with everybody below it whom the user may see, and their values."""
    tree = trees.tree_below(user, top)
    run = queries.current_run()
    numbers = [member.customer.pk for member in tree.members]
    rows = queries.values_in(run, user=user).filter(customer__in=numbers) if run else []
    return Group(tree, run, {row.customer_id: row for row in rows})
