"""Who may do what, as the shell needs to know it: people publishes the answer downwards."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]

_decide: list[Callable[[Any, str], bool]] = []
_keep: list[Callable[[Any, str], frozenset[str]]] = []
_hide: list[Callable[[Any, str], frozenset[str]]] = []


def decided_by(
    can: Callable[[Any, str], bool], kept_from: Callable[[Any, str], frozenset[str]]
) -> None:
    """Take over the rules that answer for every permission, and for every field of a model."""
    _decide[:], _keep[:] = [can], [kept_from]


def fields_hidden(user: Any, model_key: str) -> frozenset[str]:
    """Return the fields of the model that this person may not see."""
    return _keep[0](user, model_key) if _keep else frozenset()


def hidden_by(names: Callable[[Any, str], frozenset[str]]) -> None:
    """Add a rule that names what is kept from a user of the history of an application's records."""
    _hide.append(names)


def hidden(user: Any, application: str) -> frozenset[str]:
    """Return the names of fields, of any record of the application, that are kept from the user."""
    return frozenset(name for names in _hide for name in names(user, application))


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
