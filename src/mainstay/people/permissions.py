"""Who may do what: a role grants capabilities and a reach; what is not granted is denied.

The same tables decide in code and are shown to people on the page "Who may do what".
"""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from enum import StrEnum
from functools import wraps
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

ADMINISTRATOR = "administrator"
View = Callable[..., HttpResponseBase]


class Scope(StrEnum):
    NONE = "none"
    OWN = "own"
    TEAM = "team"
    ALL = "all"


CAPABILITIES: dict[str, StrOrPromise] = {
    "home.view": gettext_lazy("Open the site"),
    "customers.view": gettext_lazy("See customers"),
    "customers.edit": gettext_lazy("Add and change customers"),
    "customers.import": gettext_lazy("Import customers"),
    "customers.export": gettext_lazy("Export customers"),
    "duplicates.run": gettext_lazy("Look for duplicates, and set what is merged by rule"),
    "segments.edit": gettext_lazy("Put segments of customers together"),
    "segments.admin": gettext_lazy("Change shared segments that others have made"),
    "merging.rules": gettext_lazy("Merge duplicates by rule, and say whose values win"),
    "interactions.edit": gettext_lazy("Note calls, visits and messages"),
    "quality.run": gettext_lazy("Check the file of customers and choose the rules for it"),
    "capture.edit": gettext_lazy("Build capture forms, coupons and questions"),
    "orders.view": gettext_lazy("See orders and products"),
    "orders.edit": gettext_lazy("Change orders and products"),
    "orders.import": gettext_lazy("Import orders and products"),
    "orders.export": gettext_lazy("Export orders and products"),
    "accounts.view": gettext_lazy("See key accounts"),
    "accounts.edit": gettext_lazy("Choose key accounts and plan for them"),
    "value.view": gettext_lazy("See customer value: classes, segments, revenue"),
    "value.run": gettext_lazy("Compute customer value anew"),
    "orders.contracts": gettext_lazy("Add and change contracts"),
    "churn.edit": gettext_lazy("Say who counts as lost, note why, weigh what to do"),
    "acquisition.edit": gettext_lazy("Keep channels and what they cost"),
    "money.view": gettext_lazy("See costs, margins and lifetime value"),
    "jobs.view": gettext_lazy("Follow background work"),
    "jobs.admin": gettext_lazy("Follow and stop everybody's background work"),
    "api.use": gettext_lazy("Connect programs by API tokens"),
    "people.view": gettext_lazy("See users and teams"),
    "records.view": gettext_lazy("Read the audit log"),
    "privacy.admin": gettext_lazy("Answer requests about personal data: copies, erasure"),
    "everything.export": gettext_lazy("Export everything, to back up or to leave"),
    "people.admin": gettext_lazy("Manage users, teams and company settings"),
}

_EVERYBODY = {"home.view", "customers.view", "orders.view", "jobs.view"}
_ANALYSIS = {"value.view", "value.run", "money.view", "customers.export", "orders.export"} | {
    "api.use",
    "churn.edit",
    "acquisition.edit",
    "orders.contracts",
    "segments.edit",
    "quality.run",
    "capture.edit",
    "accounts.view",
}
_EDITING = {
    "customers.edit",
    "interactions.edit",
    "customers.export",
    "value.view",
    "money.view",
} | {"orders.contracts", "segments.edit", "accounts.view", "accounts.edit"}
_IMPORTING = {"duplicates.run", "customers.import", "orders.import", "orders.edit"}
_GOVERNING = {"merging.rules", "people.view", "records.view", "segments.admin", "privacy.admin"}

GRANTS: dict[str, frozenset[str]] = {
    ADMINISTRATOR: frozenset(CAPABILITIES),
    "manager": frozenset(_EVERYBODY | _EDITING | _ANALYSIS | _IMPORTING | _GOVERNING),
    "account_manager": frozenset(_EVERYBODY | _EDITING),
    "service_agent": frozenset(_EVERYBODY | {"interactions.edit"}),
    "analyst": frozenset(_EVERYBODY | _ANALYSIS | _IMPORTING),
    "read_only": frozenset(_EVERYBODY | {"value.view"}),
}

# How far a role sees among records that have an owner and a team, unless the user's own reach
# says otherwise.
REACH: dict[str, Scope] = {
    ADMINISTRATOR: Scope.ALL,
    "manager": Scope.ALL,
    "account_manager": Scope.TEAM,
    "service_agent": Scope.ALL,
    "analyst": Scope.ALL,
    "read_only": Scope.ALL,
}

# How far an administrator may let a role see: who administers sees all, or could be locked out.
BOUNDS: dict[str, tuple[Scope, ...]] = {
    ADMINISTRATOR: (Scope.ALL,),
    **dict.fromkeys(
        ("manager", "account_manager", "service_agent", "analyst", "read_only"),
        (Scope.OWN, Scope.TEAM, Scope.ALL),
    ),
}

# What an administrator set for a field and a role; without a rule the role's rights decide.
HIDDEN, READ_ONLY = "hidden", "read_only"
# “see:customers.customer.email” is the right to see one field, asked for like any other right.
SEES = "see:"
# Under this key a rule takes figures from a role, which stand in many models: by their capability.
FIGURES = "figures"

# model key → field → capability that reads it; published by the capability that owns the model.
_fields: dict[str, dict[str, str]] = {}


def can(user: Any, capability: str) -> bool:
    """Answer whether the user's role grants the capability."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    if capability.startswith(SEES):
        model_key, _dot, field = capability.removeprefix(SEES).rpartition(".")
        return field not in kept_from(user, model_key)
    granted = capability in GRANTS.get(user.role, frozenset())
    return granted and capability not in kept_from(user, FIGURES)


def require(user: Any, capability: str) -> None:
    """Raise PermissionDenied with a sentence unless the user's role grants the capability."""
    if not can(user, capability):
        raise PermissionDenied(
            _("Your role does not allow this. Ask an administrator for the right “%(right)s”.")
            % {"right": _right(capability)}
        )


def _right(capability: str) -> StrOrPromise:
    if capability.startswith(SEES):
        model_key, _dot, field = capability.removeprefix(SEES).rpartition(".")
        return field_label(model_key, field)
    return CAPABILITIES.get(capability, capability)


def needs(capability: str) -> Callable[[View], View]:
    """Guard a view: a signed-in user without the capability gets a sentence, not the page."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request.user, capability)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def writes(*capabilities: str) -> Callable[[View], View]:
    """Guard what a view does on POST, beside what reading needs."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            for capability in capabilities if request.method == "POST" else ():
                require(request.user, capability)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def scope(user: Any, capability: str = "customers.view") -> Scope:
    """Return how far the user's role, or the reach set for this user, goes for the capability."""
    if not can(user, capability):
        return Scope.NONE
    default = REACH.get(user.role, Scope.NONE)
    if user.role == ADMINISTRATOR or default is Scope.NONE:
        return default
    return Scope(user.reach or user.role_reach or default)


def publish_fields(model_key: str, capability: str, fields: Iterable[str]) -> None:
    """Let whoever has the capability read these fields; a field nobody published stays hidden."""
    _fields.setdefault(model_key, {}).update(dict.fromkeys(fields, capability))


def readable_fields(user: Any, model_key: str) -> frozenset[str]:
    """Return the names of the fields the user may read; none for a model nobody published."""
    fields = _fields.get(model_key, {})
    granted = frozenset(name for name, capability in fields.items() if can(user, capability))
    return granted - kept_from(user, model_key)


def hidden_fields(user: Any, model_key: str) -> frozenset[str]:
    """Return the published fields that are kept from the user."""
    return frozenset(_fields.get(model_key, {})) - readable_fields(user, model_key)


def published_models() -> tuple[str, ...]:
    return tuple(sorted(_fields))


def published_fields(model_key: str) -> dict[str, str]:
    """Return the published fields of a model, each with the capability that reads it."""
    return dict(_fields.get(model_key, {}))


def field_rules(user: Any, model_key: str) -> Mapping[str, str]:
    """Return what is set for the user's role: field → hidden or read_only.

    The rules stand in the user's own row, so asking costs no query. Administrators and the program
    itself, `None`, are never kept from a field.
    """
    rules: Mapping[str, Any] = getattr(user, "field_rules", None) or {}
    return {} if not rules or user.role == ADMINISTRATOR else rules.get(model_key, {})


def kept_from(user: Any, model_key: str) -> frozenset[str]:
    """Return the fields that the user's role may not see."""
    rules = field_rules(user, model_key)
    return frozenset(name for name, rule in rules.items() if rule == HIDDEN)


def kept_from_history(user: Any, application: str) -> frozenset[str]:
    """Return the hidden fields of all models of the application."""
    rules: Mapping[str, Any] = getattr(user, "field_rules", None) or {}
    mine = [key for key in rules if key.startswith(f"{application}.")]
    names = frozenset(name for key in mine for name in kept_from(user, key))
    return names | {"tag"} if "tags" in names else names


def sees(model_key: str, field: str) -> str:
    """Return the right to see one field, for what asks by rights: a column, a segment's field."""
    return f"{SEES}{model_key}.{field}"


def refuse_writing(user: Any, model_key: str, names: Iterable[str]) -> None:
    """Raise PermissionDenied with a sentence for the first field the role may not change."""
    rules = field_rules(user, model_key)
    for name in names if rules else ():
        if name in rules:
            text = _("Your role may not change “%(field)s”. Leave it out, or ask an administrator.")
            raise PermissionDenied(text % {"field": field_label(model_key, name)})


def refuse_asking(user: Any, model_key: str, names: Iterable[str]) -> None:
    """Raise PermissionDenied when rows are narrowed by a field the role may not see."""
    hidden = kept_from(user, model_key)
    for name in names if hidden else ():
        if name in hidden:
            text = _("Your role does not see “%(field)s”, and cannot ask for it.")
            raise PermissionDenied(text % {"field": field_label(model_key, name)})


def shown(user: Any, row: Any) -> Any:
    """Return the record as the role may see it: what is kept from it is empty.

    It is a copy to be shown, never to be saved.
    """
    hidden = kept_from(user, row._meta.label_lower)
    if not hidden:
        return row
    told = copy(row)
    for name in hidden:
        try:
            field = told._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.concrete and not field.many_to_many:
            setattr(told, name, None if field.null else field.get_default())
    return told


def field_label(model_key: str, name: str) -> str:
    """Return what people call the field."""
    try:
        label = str(apps.get_model(model_key)._meta.get_field(name).verbose_name)
    except (FieldDoesNotExist, AttributeError, LookupError):
        label = name.replace("_", " ")
    return label[:1].upper() + label[1:]
