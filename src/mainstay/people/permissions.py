"""Who may do what: a role grants capabilities and a reach; what is not granted is denied."""

from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


class Scope(StrEnum):
    NONE = "none"
    OWN = "own"
    TEAM = "team"
    ALL = "all"


_EVERYBODY = {"home.view", "customers.view", "orders.view", "jobs.view"}
_ANALYSIS = {"value.view", "value.run", "customers.export", "orders.export"}
_EDITING = {"customers.edit", "interactions.edit", "customers.export", "value.view"}
_IMPORTING = {"customers.import", "orders.import", "orders.edit"}
_GOVERNING = {"people.view", "records.view"}

GRANTS: dict[str, frozenset[str]] = {
    "read_only": frozenset(_EVERYBODY | {"value.view"}),
    "analyst": frozenset(_EVERYBODY | _ANALYSIS | _IMPORTING),
    "service_agent": frozenset(_EVERYBODY | {"interactions.edit"}),
    "account_manager": frozenset(_EVERYBODY | _EDITING),
    "manager": frozenset(_EVERYBODY | _EDITING | _ANALYSIS | _IMPORTING | _GOVERNING),
}

# How far a role sees among records that have an owner and a team.
REACH: dict[str, Scope] = {
    "administrator": Scope.ALL,
    "manager": Scope.ALL,
    "analyst": Scope.ALL,
    "read_only": Scope.ALL,
    "service_agent": Scope.ALL,
    "account_manager": Scope.TEAM,
}


def can(user: Any, capability: str) -> bool:
    """Answer whether the user's role grants the capability."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    return user.role == "administrator" or capability in GRANTS.get(user.role, frozenset())


def require(user: Any, capability: str) -> None:
    """Raise PermissionDenied with a sentence unless the user's role grants the capability."""
    if not can(user, capability):
        raise PermissionDenied(
            _("Your role does not allow this. Ask an administrator for the right “%(right)s”.")
            % {"right": capability}
        )


def scope(user: Any, capability: str = "customers.view") -> Scope:
    """Return how far the user's role reaches for the capability."""
    return REACH.get(user.role, Scope.NONE) if can(user, capability) else Scope.NONE
