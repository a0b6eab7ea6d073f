"""Nothing is written before a person has seen what would be.

The first call of a writing tool tells what would change and hands out a confirmation; the second
call, with the same arguments and the confirmation, does it. A confirmation works for ten minutes,
once, for this user, these arguments, and only while what would change is as it was told.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from mcp.server.mcpserver.exceptions import ToolError

from mainstay.shared.rest import actions

MINUTES = 10
SALT = "mainstay.assistant"


@dataclass(frozen=True)
class Change:
    """What would change: in words for the person, and how to do it."""

    tool: str
    arguments: dict[str, Any]
    told: dict[str, Any]
    carry_out: Callable[[], dict[str, Any]]

    @property
    def mark(self) -> str:
        """Return what differs as soon as the arguments or what they would change differ."""
        said = json.dumps([self.tool, self.arguments, self.told], sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()


def confirmed(user: Any, change: Change, confirmation: str) -> dict[str, Any]:
    """Do the change if it was confirmed; else tell what it would be."""
    if not confirmation:
        key = signing.dumps({"user": user.pk, "mark": change.mark}, salt=SALT)
        ask = _("Show this to the person. If they agree, call again with the confirmation.")
        return {"done": False, "would": change.told, "confirmation": key, "next": ask}
    _check(user, change, confirmation)
    return _once(user, change, confirmation)


def _check(user: Any, change: Change, confirmation: str) -> None:
    try:
        said = signing.loads(confirmation, salt=SALT, max_age=MINUTES * 60)
    except signing.SignatureExpired as error:
        raise ToolError(_("The confirmation is older than 10 minutes; ask anew.")) from error
    except signing.BadSignature as error:
        raise ToolError(_("This is no confirmation; call without one first.")) from error
    if said != {"user": user.pk, "mark": change.mark}:
        raise ToolError(
            _("The confirmation is for something else, or it changed meanwhile; ask anew.")
        )


@transaction.atomic
def _once(user: Any, change: Change, confirmation: str) -> dict[str, Any]:
    key = hashlib.sha256(confirmation.encode()).hexdigest()
    answer = actions.claim_key(
        owner=f"assistant {user.pk}", key=key, fingerprint=change.mark, now=timezone.now()
    )
    if answer.status:
        raise ToolError(_("This was done already; a confirmation works once."))
    done = {"done": True, **change.carry_out()}
    actions.keep_answer(answer=answer, status=200, body={})
    return done
