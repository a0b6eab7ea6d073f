"""Reads of users, teams and the company."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from mainstay.people import rules
from mainstay.people.models import (
    AccessLink,
    ApiToken,
    Company,
    Reach,
    Role,
    RoleFields,
    RoleReach,
    SavedView,
    Team,
    Theme,
    User,
)
from mainstay.people.permissions import REACH, Scope, can
from mainstay.shared.text import search_terms, search_text

# The company's settings within one request; None outside of it.
_asked_once: ContextVar[list[Company] | None] = ContextVar("company", default=None)


def company() -> Company:
    """Return the company's settings; an unsaved default until set-up is done."""
    kept = _asked_once.get()
    found = kept[0] if kept else Company.objects.filter(id=1).first() or Company(id=1)
    if kept is not None:
        kept[:] = [found]
    return copy(found)


def forget_company() -> None:
    """Ask for the settings again, for they were changed."""
    if kept := _asked_once.get():
        kept.clear()


@contextmanager
def company_asked_once() -> Iterator[None]:
    """Ask for the company's settings once within; a page needs them in several places."""
    box = _asked_once.set([])
    try:
        yield
    finally:
        _asked_once.reset(box)


def visible_to(user: Any) -> QuerySet[User]:
    """Return the members the user may see: all of them, or only oneself."""
    members = User.objects.select_related("team")
    if can(user, "people.view"):
        return members
    return members.filter(pk=user.pk) if user.is_authenticated else members.none()


def members(user: Any, *, now: datetime) -> QuerySet[User]:
    """Return visible members, each with `open_link` and `invited` (has not signed in yet)."""
    links = AccessLink.objects.filter(
        user=OuterRef("pk"), used_at=None, revoked_at=None, expires_at__gt=now
    )
    waits = ExpressionWrapper(invited(), output_field=BooleanField())
    return visible_to(user).annotate(open_link=Exists(links), invited=waits)


def invited() -> Q:
    """Return the condition: was added, may sign in, but has never set a password or come in."""
    return Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None, is_active=True)


def teams(user: Any) -> QuerySet[Team]:
    """Return the teams with the number of active members; nothing for who may not see people."""
    if not can(user, "people.view"):
        return Team.objects.none()
    active = Count("members", filter=Q(members__is_active=True))
    return Team.objects.annotate(member_count=active).order_by("name", "id")


def link_for(token: str, *, now: datetime) -> AccessLink | None:
    """Return the open link that the token belongs to, if it works now."""
    link = (
        AccessLink.objects.select_related("user")
        .filter(token_hash=rules.token_hash(token), user__is_active=True)
        .first()
    )
    if link is None:
        return None
    works = rules.link_works(
        expires_at=link.expires_at, used_at=link.used_at, revoked_at=link.revoked_at, now=now
    )
    return link if works else None


def choose_members(
    members: QuerySet[User], *, term: str = "", role: str = "", team: Any = None, state: str = ""
) -> QuerySet[User]:
    """Narrow members down by words of name or address, role, team and state."""
    if term.strip():
        members = members.filter(pk__in=_named(members, term))
    if role:
        members = members.filter(role=role)
    if team:
        members = members.filter(team=team)
    match state:
        case "active":
            members = members.filter(is_active=True).exclude(invited())
        case "invited":
            members = members.filter(invited())
        case "deactivated":
            members = members.filter(is_active=False)
    return members


def _named(members: QuerySet[User], term: str) -> list[int]:
    """Return who is meant by the words; a company's staff are few enough to look at each."""
    terms = search_terms(term)
    known = members.values_list("pk", "name", "email")
    texts = ((pk, search_text([name, email])) for pk, name, email in known)
    return [pk for pk, text in texts if terms and all(f" {one}" in text for one in terms)]


def after(members: QuerySet[User], last: User | None) -> QuerySet[User]:
    """Return members by name, from behind `last` on."""
    if last is not None:
        members = members.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))
    return members.order_by("name", "pk")


def currencies() -> frozenset[str]:
    """Return the codes of the currencies there are."""
    return frozenset(rules.CURRENCIES)


def role_choices() -> list[tuple[str, Any]]:
    return list(Role.choices)


def reach_of_roles() -> dict[str, Scope]:
    """Return how far each role sees: what an administrator set, else what the program ships."""
    chosen = dict(RoleReach.objects.values_list("role", "reach"))
    return {role: Scope(chosen.get(role, reach)) for role, reach in REACH.items()}


def field_rules() -> tuple[dict[str, Any], int]:
    """Return the field rules of each role, and the version by which they are changed."""
    rows = list(RoleFields.objects.order_by("pk"))
    return {row.role: row.rules for row in rows}, sum(row.version for row in rows)


def reach_choices() -> list[tuple[str, Any]]:
    return list(Reach.choices)


def theme_choices() -> list[tuple[str, Any]]:
    return list(Theme.choices)


def member_called(email: str) -> User | None:
    """Return whoever signs in with the address."""
    return User.objects.filter(email=email.strip().lower()).first()


def place(pk: int) -> User | None:
    """Return the member a page of the list ended with."""
    return User.objects.filter(pk=pk).first()


def tokens_of(user: Any, *, now: datetime) -> QuerySet[ApiToken]:
    """Return the API tokens the user may revoke that still work: own ones, or everybody's."""
    tokens = ApiToken.objects.filter(revoked_at=None, expires_at__gt=now).select_related("user")
    mine = tokens if can(user, "people.admin") else tokens.filter(user=user)
    return mine.order_by("user__name", "-id")


def working_token(secret: str, *, now: datetime) -> ApiToken | None:
    """Return the token that the secret belongs to, if it works now."""
    return (
        ApiToken.objects.select_related("user", "user__team")
        .filter(
            token_hash=rules.token_hash(secret),
            revoked_at=None,
            expires_at__gt=now,
            user__is_active=True,
        )
        .first()
    )


def owners() -> QuerySet[User]:
    """Return who may look after customers, by name: everybody who works here may know that."""
    return User.objects.filter(is_active=True).order_by("name", "id")


def named_owners() -> QuerySet[User]:
    """Return `owners()` with no more of them than a list of names shows."""
    return owners().only("name", "email")


def owning_teams() -> QuerySet[Team]:
    return Team.objects.order_by("name", "id")


def saved_views(user: User, list_key: str) -> QuerySet[SavedView]:
    """Return the user's own views of a list and those that others share."""
    mine = Q(user=user) | Q(shared=True)
    return SavedView.objects.filter(mine, list_key=list_key).order_by("name", "id")


def every_email() -> list[str]:
    """Return the addresses of all who work or worked here."""
    return list(User.objects.values_list("email", flat=True))


def by_email(emails: Iterable[str]) -> dict[str, User]:
    """Return who of us has the addresses, by the address in small letters."""
    lowered = User.objects.annotate(lowered=Lower("email"))
    wanted = {each.lower() for each in emails}
    return {row.lowered: row for row in lowered.filter(lowered__in=wanted)}
