"""Who may do what, as the shell needs to know it: people publishes the answer downwards."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

_decide: list[Callable[[Any, str], bool]] = []


def decided_by(can: Callable[[Any, str], bool]) -> None:
    """Take over the rule that answers for every permission."""
    _decide[:] = [can]


def can(user: Any, permission: str) -> bool:
    """Return whether this person has the permission; nobody has any while no rule is published."""
    return bool(user.is_authenticated and _decide and _decide[0](user, permission))


def require(user: Any, permission: str) -> None:
    """Raise PermissionDenied with a sentence unless the person has the permission."""
    if not can(user, permission):
        raise PermissionDenied(
            _("Your role does not allow this. Ask an administrator for the right “%(right)s”.")
            % {"right": permission}
        )
