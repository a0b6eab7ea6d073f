"""Exports of everything over the API."""

import datetime as dt
from typing import Any, Literal

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from mainstay.people.permissions import require
from mainstay.shared.rest.limits import KEY, Input, Number
from mainstay.shared.rest.operations import found, needs, writes
from mainstay.shared.rest.problems import Refused

from . import actions, queries

router = Router()


class ExportWish(Input):
    format: Literal["parquet", "csv"] = "parquet"


class ExportOut(Schema):
    id: int
    format: str
    state: str
    reason: str
    rows: int | None
    size: int | None
    created_at: dt.datetime
    kept_until: dt.datetime | None
    job_id: int | None

    @staticmethod
    def resolve_job_id(row: Any) -> int | None:
        return int(row.job_id) if row.job_id else None

    @staticmethod
    def resolve_state(row: Any) -> str:
        return str(queries.outcome(row))


@router.post("", response={202: ExportOut})
@needs("everything:export")
@writes
def order_export(
    request: HttpRequest, payload: ExportWish, idempotency_key: str | None = KEY
) -> Any:
    """Order an export of everything; follow it by its job or by its state."""
    require(request.user, "everything.export")
    try:
        export = actions.order(by=request.user, now=timezone.now(), form=payload.format)
    except actions.UnderWay as reason:
        raise Refused(409, str(reason)) from reason
    return Status(202, ExportOut.from_orm(export))


@router.get("/{export_id}", response=ExportOut)
@needs("everything:export")
def get_export(request: HttpRequest, export_id: Number) -> Any:
    """Read the state of an export."""
    require(request.user, "everything.export")
    return found(queries.visible_to(request.user).filter(pk=export_id).first())


@router.get("/{export_id}/file", response={200: None})
@needs("everything:export")
def download_export(request: HttpRequest, export_id: Number) -> Any:
    """Download the ZIP file of an export, within seven days."""
    require(request.user, "everything.export")
    export = queries.ready(request.user, export_id, now=timezone.now())
    if export is None:
        raise Refused(409, _("The export is not made yet, or its days are over."))
    file = actions.handed_out(by=request.user, export=export, now=timezone.now())
    return FileResponse(file, content_type="application/zip")
