"""Who may do what, as the shell needs to know it: people publishes the answer downwards."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]

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


def needs(permission: str) -> Callable[[View], View]:
    """Guard a view: a signed-in person without the permission gets a sentence, not the page."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request.user, permission)
            return view(request, *args, **kwargs)

        return guarded

    return guard
