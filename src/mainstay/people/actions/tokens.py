"""API tokens: a program acts as the user who made its token, within the token's scopes."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.people import rules
from mainstay.people.models import ApiToken, User
from mainstay.people.permissions import can, require
from mainstay.records.actions import record

USE_NOTED_EVERY = timedelta(minutes=5)
SHOWN_LETTERS = 8


@transaction.atomic
def create_token(
    *, by: User, name: str, scopes: Collection[str], days: int, now: datetime
) -> tuple[ApiToken, str]:
    """Create a token and return it with its secret, which is not kept and never shown again."""
    require(by, "api.use")
    if unknown := sorted(set(scopes) - set(rules.SCOPES)):
        message = _("There is no scope “%(name)s”; choose from the list.") % {"name": unknown[0]}
        raise ValidationError({"scopes": message})
    if not scopes:
        raise ValidationError({"scopes": _("Choose at least one scope.")})
    if not 1 <= days <= max(rules.TOKEN_DAYS):
        raise ValidationError({"days": _("A token lives from one day to two years.")})
    secret = rules.TOKEN_MARK + rules.new_token()
    token = ApiToken(
        user=by,
        name=name.strip(),
        token_hash=rules.token_hash(secret),
        beginning=secret[:SHOWN_LETTERS],
        scopes=sorted(set(scopes)),
        expires_at=now + timedelta(days=days),
    )
    token.full_clean()
    token.save()
    new = {"name": token.name, "scopes": token.scopes, "expires_at": token.expires_at}
    record(by=by, verb="token.created", target=token, new=new, now=now)
    return token, secret


@transaction.atomic
def revoke_token(*, by: Any, token: ApiToken, now: datetime) -> None:
    """Stop a token for good; one's own, or anybody's for who manages users."""
    if token.user_id != by.pk and not can(by, "people.admin"):
        require(by, "people.admin")
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        record(by=by, verb="token.revoked", target=token, now=now)


def note_token_use(*, token: ApiToken, now: datetime) -> None:
    """Note that the token is in use, seldom enough that reading costs no writing."""
    if token.last_used_at is None or now - token.last_used_at > USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
