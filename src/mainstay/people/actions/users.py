"""Members of staff come, change and go."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.people import rules
from mainstay.people.actions.reaches import follow_role
from mainstay.people.models import AccessLink, Role, Team, User
from mainstay.people.permissions import require
from mainstay.records.actions import record

CHANGEABLE = ("name", "email", "role", "reach", "team")


@transaction.atomic
def add_user(
    *,
    by: User | None,
    now: datetime,
    email: str,
    password: str | None = None,
    **details: Any,
) -> User:
    """Add a member; without a password the person joins by a link. `by=None` is the program."""
    if by is not None:
        require(by, "people.admin")
    user = User(email=email.strip().lower(), **details)
    if password is None:
        user.set_unusable_password()
    else:
        validate_password(password, user)
        user.set_password(password)
    follow_role(user)
    user.reads_shared = user.team_id is not None
    user.full_clean()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    record(by=by, verb="user.added", target=user, new=_facts(user), now=now)
    return user


@transaction.atomic
def invite(*, by: User, now: datetime, email: str, **details: Any) -> tuple[User, str]:
    """Add a member and return the token of the link by which the person sets a password."""
    user = add_user(by=by, now=now, email=email, **details)
    return user, make_link(by=by, user=user, now=now)


@transaction.atomic
def make_link(*, by: User | None, user: User, now: datetime) -> str:
    """Return the token of a new link for the member; an earlier link stops working.

    `by=None` is the program, for whom sits at the machine.
    """
    if by is not None:
        require(by, "people.admin")
    _locked(user)
    if not user.is_active:
        raise ValidationError(_("%(name)s may not sign in. Activate first.") % {"name": user})
    _open_links(user).update(revoked_at=now)
    token = rules.new_token()
    AccessLink.objects.create(
        user=user,
        token_hash=rules.token_hash(token),
        made_by=str(by or ""),
        made_at=now,
        expires_at=now + rules.LINK_LIFE,
    )
    record(by=by, verb="user.link_made", target=user, now=now)
    return token


@transaction.atomic
def revoke_links(*, by: User, user: User, now: datetime) -> None:
    require(by, "people.admin")
    if _open_links(user).update(revoked_at=now):
        record(by=by, verb="user.link_revoked", target=user, now=now)


@transaction.atomic
def join(*, token: str, password: str, name: str, now: datetime) -> User:
    """Set the password by a link; the link works once."""
    link = (
        AccessLink.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(token_hash=rules.token_hash(token))
        .first()
    )
    if link is None or not link.user.is_active or not _works(link, now):
        raise ValidationError(_("This link no longer works. Ask an administrator for a new one."))
    user = link.user
    user.name = name
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    AccessLink.objects.filter(pk=link.pk).update(used_at=now)
    _end_sessions(user)
    record(by=user, verb="user.joined", target=user, now=now)
    return user


@transaction.atomic
def change_user(*, by: User, user: User, now: datetime, **wanted: Any) -> User:
    """Change a member's name, e-mail, role, reach or team."""
    require(by, "people.admin")
    administrators = _lock_administrators()
    kept = _locked(user)
    old = _facts(kept)
    for name in CHANGEABLE:
        setattr(kept, name, wanted.get(name, getattr(kept, name)))
    kept.email = kept.email.strip().lower()
    follow_role(kept)
    kept.reads_shared = kept.reads_shared or "team" in wanted
    if kept.role != Role.ADMINISTRATOR:
        _refuse_losing_last_administrator(kept, administrators)
    kept.full_clean()
    kept.save()
    EmailAddress.objects.filter(user=kept, primary=True).update(email=kept.email, verified=True)
    before, after = rules.changes(old, _facts(kept))
    if after:
        record(by=by, verb="user.changed", target=kept, old=before, new=after, now=now)
    return kept


@transaction.atomic
def change_profile(*, by: User, now: datetime, **wanted: Any) -> User:
    """Change one's own name, language, time zone or theme."""
    kept = _locked(by)
    names = ("name", "language", "time_zone", "theme")
    old = {name: getattr(kept, name) for name in names}
    for name in names:
        setattr(kept, name, wanted.get(name, old[name]))
    kept.full_clean()
    kept.save()
    before, after = rules.changes(old, {name: getattr(kept, name) for name in names})
    if after:
        record(by=by, verb="user.profile_changed", target=kept, old=before, new=after, now=now)
    return kept


@transaction.atomic
def deactivate(*, by: User, user: User, now: datetime) -> None:
    """Shut a member out: every session ends at once, links stop working, records stay."""
    require(by, "people.admin")
    administrators = _lock_administrators()
    kept = _locked(user)
    if kept == by:
        raise ValidationError(_("You cannot deactivate yourself. Ask another administrator."))
    if not kept.is_active:
        return
    _refuse_losing_last_administrator(kept, administrators)
    kept.is_active = False
    kept.save(update_fields=["is_active", "updated_at"])
    _open_links(kept).update(revoked_at=now)
    _end_sessions(kept)
    record(
        by=by,
        verb="user.deactivated",
        target=kept,
        old={"is_active": True},
        new={"is_active": False},
        now=now,
    )


@transaction.atomic
def activate(*, by: User, user: User, now: datetime) -> None:
    """Let a deactivated member sign in again."""
    require(by, "people.admin")
    kept = _locked(user)
    if kept.is_active:
        return
    kept.is_active = True
    kept.save(update_fields=["is_active", "updated_at"])
    record(
        by=by,
        verb="user.activated",
        target=kept,
        old={"is_active": False},
        new={"is_active": True},
        now=now,
    )


def _locked(user: User) -> User:
    return User.objects.select_for_update(of=("self",)).select_related("team").get(pk=user.pk)


def _works(link: AccessLink, now: datetime) -> bool:
    return rules.link_works(
        expires_at=link.expires_at, used_at=link.used_at, revoked_at=link.revoked_at, now=now
    )


def _open_links(user: User) -> Any:
    return AccessLink.objects.filter(user=user, used_at=None, revoked_at=None)


def _end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


def _lock_administrators() -> list[int]:
    """Return who could manage users now; locked, in one order, before anybody else is.

    So two administrators who demote each other at the same moment wait, and the second is refused.
    """
    administrators = User.objects.select_for_update().filter(
        role=Role.ADMINISTRATOR, is_active=True
    )
    return [one.pk for one in administrators.order_by("pk")]


def _refuse_losing_last_administrator(user: User, administrators: list[int]) -> None:
    if administrators == [user.pk]:
        raise ValidationError(
            _("%(name)s is the only administrator. Make somebody else administrator first.")
            % {"name": user}
        )


def _facts(user: User) -> dict[str, object]:
    team: Team | None = user.team
    return {
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "reach": user.reach,
        "team": team.name if team else "",
    }
