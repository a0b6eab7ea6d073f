"""Who asks, within which limits, and how every failure becomes a sentence.

Policy: an assistant is the user of its token, with the token's scopes: it sees and changes what
both allow, and the audit log names the user. The token is looked at anew with every call, so
revoking it ends the assistant at once.
"""

import json
import logging
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from mcp.server.mcpserver.exceptions import ToolError

from mainstay.people.actions import note_token_use
from mainstay.people.queries import working_token
from mainstay.shared import request_id
from mainstay.shared.rest.problems import Refused

logger = logging.getLogger(__name__)

TOKEN = "MAINSTAY_TOKEN"  # noqa: S105  the name of the variable
MOST_ROWS = 50
LONGEST_ANSWER = 40_000
_secret: ContextVar[str] = ContextVar("secret", default="")


@contextmanager
def speaking(secret: str) -> Iterator[None]:
    """Let the calls in this block come with this token instead of the environment's."""
    mark = _secret.set(secret)
    try:
        yield
    finally:
        _secret.reset(mark)


def user_for(scope: str) -> Any:
    """Return the user of the token if it works and has the scope, else refuse with a sentence."""
    now = timezone.now()
    token = working_token(_secret.get() or os.environ.get(TOKEN, ""), now=now)
    if token is None:
        raise ToolError(
            _("This token does not work, or no longer. Make one at Your profile → API tokens.")
        )
    if scope not in token.scopes:
        sentence = _("This token lacks the scope “%(scope)s”; make one that has it.")
        raise ToolError(sentence % {"scope": scope})
    note_token_use(token=token, now=now)
    return token.user


def tool(function: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Let a function answer an assistant: sentences for refusals, answers of limited length."""

    @wraps(function)
    def answered(*args: Any, **kwargs: Any) -> dict[str, Any]:
        close_old_connections()
        try:
            with override("en"), request_id.named(f"assistant-{secrets.token_hex(8)}"):
                return _fitting(function(*args, **kwargs))
        except (ToolError, Refused, ValidationError, PermissionDenied) as refusal:
            raise ToolError(_sentence(refusal)) from refusal
        except Exception as error:
            logger.exception("A tool of the assistant failed: %s", function.__name__)
            raise ToolError(_("Mainstay met an error; its log says more.")) from error
        finally:
            close_old_connections()

    return answered


def _sentence(refusal: Exception) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    if isinstance(refusal, Refused):
        return refusal.sentence
    return str(refusal)


def _fitting(answer: dict[str, Any]) -> dict[str, Any]:
    """Shorten the lists of an answer until it fits, and say so."""
    while len(json.dumps(answer, ensure_ascii=False)) > LONGEST_ANSWER:
        longest = max(
            (name for name, value in answer.items() if isinstance(value, list) and value),
            key=lambda name: len(json.dumps(answer[name])),
            default="",
        )
        if not longest:
            raise ToolError(_("The answer is too long; ask for less."))
        answer[longest] = answer[longest][: len(answer[longest]) // 2]
        answer["shortened"] = _("This answer was too long; ask for fewer rows or for one of them.")
    return answer


def rows_asked(limit: int) -> int:
    if not 1 <= limit <= MOST_ROWS:
        raise ToolError(_("Ask for 1 to %(most)d rows.") % {"most": MOST_ROWS})
    return limit
