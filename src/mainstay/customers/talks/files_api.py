"""The files of conversations over the API: kept, listed, fetched, deleted."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Router, Schema, Status, UploadedFile

from mainstay.customers.talks import actions, queries
from mainstay.customers.talks.downloads import download
from mainstay.shared.rest.limits import KEY, Number
from mainstay.shared.rest.operations import found, needs, writes
from mainstay.shared.rest.problems import Fault, Refused

router = Router()
BYTES = {
    "responses": {
        200: {
            "description": "The file.",
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    }
}


class FileOut(Schema):
    id: int
    name: str
    size: int


class KeptFileOut(FileOut):
    added_by: str | None
    created_at: datetime


class FilesOut(Schema):
    items: list[KeptFileOut]


@router.get("/{interaction_id}/files", response=FilesOut)
@needs("customers:read")
def list_files(request: HttpRequest, interaction_id: Number) -> Any:
    """List the files kept with a conversation."""
    return _out(_talk(request, interaction_id))


@router.post("/{interaction_id}/files", response={201: FilesOut})
@needs("customers:write")
@writes
def add_files(
    request: HttpRequest,
    interaction_id: Number,
    uploads: list[UploadedFile] = File([], description="One file or several."),  # type: ignore[type-arg]  # noqa: B008
    idempotency_key: str | None = KEY,
) -> Any:
    """Keep files with a conversation: send them as multipart/form-data in `uploads`.

    The answer lists all files of the conversation.
    """
    if not uploads:
        sentence = _("Send the files as multipart/form-data, in the field “uploads”.")
        raise Refused(422, sentence, [Fault(field="uploads", message=sentence)])
    talk = _talk(request, interaction_id)
    actions.attach(by=request.user, now=timezone.now(), interaction=talk, uploads=uploads)
    return Status(201, _out(talk))


@router.get("/{interaction_id}/files/{file_id}", response={200: bytes}, openapi_extra=BYTES)
@needs("customers:read")
def get_file(request: HttpRequest, interaction_id: Number, file_id: Number) -> HttpResponseBase:
    """Download one file."""
    return download(_file(request, interaction_id, file_id))


@router.delete("/{interaction_id}/files/{file_id}", response={200: KeptFileOut})
@needs("customers:write")
@writes
def remove_file(
    request: HttpRequest,
    interaction_id: Number,
    file_id: Number,
    idempotency_key: str | None = KEY,
) -> Any:
    """Delete a file for good; the answer tells what it was."""
    kept = _file(request, interaction_id, file_id)
    was = _told(kept)
    actions.remove_file(by=request.user, now=timezone.now(), attachment=kept)
    return Status(200, was)


def _talk(request: HttpRequest, pk: int) -> Any:
    return found(queries.visible_to(request.user).filter(pk=pk).first())


def _file(request: HttpRequest, talk: int, pk: int) -> Any:
    kept = queries.attachment(request.user, pk)
    return found(kept if kept and kept.interaction_id == talk else None)


def _out(talk: Any) -> FilesOut:
    return FilesOut(items=[_told(row) for row in queries.attachments(talk)])


def _told(row: Any) -> KeptFileOut:
    named = {name: getattr(row, name) for name in ("id", "name", "size", "created_at")}
    return KeptFileOut(**named, added_by=row.added_by.email if row.added_by else None)
