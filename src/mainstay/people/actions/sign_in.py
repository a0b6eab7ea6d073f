"""What happens around signing in, kept in the audit log."""

from datetime import datetime

from django.db import transaction

from mainstay.people.models import User
from mainstay.records.actions import record


def note_sign_in(*, by: User, now: datetime) -> None:
    record(by=by, verb="user.signed_in", target=by, now=now)


def note_failed_sign_in(*, email: str, now: datetime) -> None:
    """Record a wrong password for a member; unknown addresses leave no trace."""
    if user := User.objects.filter(email=email.strip().lower()).first():
        record(by=None, verb="user.sign_in_failed", target=user, now=now)


def note_account_change(*, by: User, what: str, now: datetime) -> None:
    """Record a change of second factors, named after the mail that tells the person of it."""
    name = what.rsplit("/", 1)[-1]
    if name != "password_changed":
        record(by=by, verb=f"user.{name}", target=by, now=now)


@transaction.atomic
def set_password(*, by: User, user: User, password: str, now: datetime) -> None:
    user.set_password(password)
    user.save(update_fields=["password", "updated_at"])
    record(by=by, verb="user.password_changed", target=user, now=now)


@transaction.atomic
def prefer(*, by: User, name: str, value: str, now: datetime) -> None:
    """Keep the theme or language a person chose from the menu."""
    old = getattr(by, name)
    if old == value or name not in {"theme", "language"}:
        return
    User.objects.filter(pk=by.pk).update(**{name: value, "updated_at": now})
    record(
        by=by, verb="user.profile_changed", target=by, old={name: old}, new={name: value}, now=now
    )
