"""Reads of users, teams and the company."""

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from mainstay.people import rules
from mainstay.people.models import AccessLink, Company, Team, User
from mainstay.people.permissions import can


def company() -> Company:
    """Return the company's settings; an unsaved default until set-up is done."""
    return Company.objects.filter(id=1).first() or Company(id=1)


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
