"""Board packs over the API."""

import datetime as dt
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from mainstay.people.permissions import require
from mainstay.shared.rest.limits import KEY, Input, Number, Term
from mainstay.shared.rest.operations import found, needs, writes
from mainstay.shared.rest.problems import Fault, Refused

from . import actions, queries

router = Router()


class PackWish(Input):
    language: Annotated[Term, Field(description="en, pl, ru or zh-hans.")] = "en"


class PackOut(Schema):
    id: int
    run_id: int
    language: str
    state: str
    reason: str
    created_at: dt.datetime
    job_id: int | None

    @staticmethod
    def resolve_job_id(row: Any) -> int | None:
        return int(row.job_id) if row.job_id else None


@router.post("/board-packs", response={201: PackOut})
@needs("value:run")
@writes
def order_board_pack(
    request: HttpRequest, payload: PackWish, idempotency_key: str | None = KEY
) -> Any:
    """Order the board pack of the current run; follow it by its job or by its state."""
    require(request.user, "money.view")
    if payload.language not in dict(settings.LANGUAGES):
        known = ", ".join(code for code, _name in settings.LANGUAGES)
        text = _("There is no language “%(code)s”. Known: %(known)s.")
        message = text % {"code": payload.language, "known": known}
        raise Refused(422, message, [Fault(field="language", message=message)])
    try:
        pack = actions.order_pack(by=request.user, language=payload.language, now=timezone.now())
    except actions.NothingToPrint as reason:
        raise Refused(409, str(reason)) from reason
    return Status(201, PackOut.from_orm(pack))


@router.get("/board-packs/{pack_id}", response=PackOut)
@needs("value:read")
def get_board_pack(request: HttpRequest, pack_id: Number) -> Any:
    """Read the state of a pack of one's own."""
    require(request.user, "money.view")
    return found(queries.own_pack(request.user, pk=pack_id))


@router.get("/board-packs/{pack_id}/pdf", response={200: None})
@needs("value:read")
def download_board_pack(request: HttpRequest, pack_id: Number) -> Any:
    """Download a pack as PDF once its state is complete."""
    require(request.user, "money.view")
    pack = found(queries.own_pack(request.user, pk=pack_id))
    if pack.content is None:
        raise Refused(409, _("The pack is not made yet; wait for its job."))
    return HttpResponse(bytes(pack.content), content_type="application/pdf")
