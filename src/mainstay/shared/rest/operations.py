"""What stands around an operation: its scope, its transaction, its idempotency, its paging."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Status

from mainstay.shared import paging
from mainstay.shared.rest import actions
from mainstay.shared.rest.limits import Listing
from mainstay.shared.rest.problems import Fault, Refused

Operation = TypeVar("Operation", bound=Callable[..., Any])


def needs(scope: str) -> Callable[[Operation], Operation]:
    """Let only tokens with the scope through; what the user may do is checked besides."""

    def guard(operation: Operation) -> Operation:
        @wraps(operation)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if scope not in request.auth.scopes:  # type: ignore[attr-defined]
                sentence = _("This token lacks the scope “%(scope)s”; make one that has it.")
                raise Refused(403, sentence % {"scope": scope})
            return operation(request, *args, **kwargs)

        guarded.__doc__ = f"{operation.__doc__ or ''}\n\nNeeds the scope `{scope}`.".strip()
        return guarded  # type: ignore[return-value]

    return guard


def writes(operation: Operation) -> Operation:
    """Run the operation in one transaction, together with the answer kept for its key."""

    @wraps(operation)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = kwargs.get("idempotency_key")
        with transaction.atomic():
            if key is None:
                return operation(request, *args, **kwargs)
            answer = actions.claim_key(
                owner=str(request.user.pk),
                key=key,
                fingerprint=fingerprint(request),
                now=timezone.now(),
            )
            if answer.status:
                request.replayed = True  # type: ignore[attr-defined]
                return Status(answer.status, answer.body)
            result = operation(request, *args, **kwargs)
            body = result.value.model_dump(mode="json")
            actions.keep_answer(answer=answer, status=result.status_code, body=body)
            return result

    return run  # type: ignore[return-value]


def fingerprint(request: HttpRequest) -> str:
    """Return what must be the same for the same key: method, address, body."""
    found = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        found.update(request.body)
    for upload in (each for _name, many in request.FILES.lists() for each in many):
        found.update(f"\n{upload.name}\n{upload.size}\n".encode())
        for chunk in upload.chunks():
            found.update(chunk)
    return found.hexdigest()


def page_of(
    rows: QuerySet[Any], wish: Listing, *, order: tuple[str, ...] = ("id",)
) -> dict[str, Any]:
    try:
        page = paging.page(rows, order=order, size=wish.limit, cursor=wish.cursor)
    except paging.BadCursor as error:
        sentence = _("This cursor was not made by this list; take the `next` of its last page.")
        raise Refused(422, sentence, [Fault(field="cursor", message=sentence)]) from error
    return {"items": page.rows, "next": page.next or None}


def found(row: Any) -> Any:
    """Return the row, or refuse: what one may not see does not exist."""
    if row is None:
        raise Refused(404, _("There is nothing at this address, or it is not yours to see."))
    return row


def known(row: Any, field: str) -> Any:
    """Return the row that a field of the body names, or refuse the field."""
    if row is None:
        sentence = _("There is nothing with this number, or it is not yours to see.")
        raise Refused(422, sentence, [Fault(field=field, message=sentence)])
    return row
