"""Errors of the API as `application/problem+json` (RFC 9457), each with a sentence."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from ninja import Schema

CONTENT_TYPE = "application/problem+json"
PREFIX = "/api/"


class Fault(Schema):
    """One thing that is wrong: in which row (from 0), which field, and what to do."""

    row: int | None = None
    field: str
    message: str


class Problem(Schema):
    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


class Refused(Exception):
    """The request cannot be carried out; the sentence says why and what to do."""

    def __init__(self, status: int, sentence: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.faults = status, sentence, list(faults)

    def response(self) -> HttpResponse:
        return problem(self.status, self.sentence, self.faults)


def problem(
    status: int,
    sentence: str,
    faults: Iterable[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    body = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=sentence, errors=list(faults)
    )
    response = JsonResponse(body.model_dump(), status=status, content_type=CONTENT_TYPE)
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def faults_of(error: ValidationError, *, row: int | None = None) -> list[Fault]:
    """Return what a model or an action refused, field by field."""
    if hasattr(error, "error_dict"):
        return [
            Fault(row=row, field=name, message=message)
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return [Fault(row=row, field="", message=message) for message in error.messages]


def faults_of_rows(refused: Mapping[int, ValidationError]) -> list[Fault]:
    """Return what was refused of a batch, by the rows' places in it."""
    return [fault for row, error in refused.items() for fault in faults_of(error, row=row)]


def sentences() -> dict[int, str]:
    return {
        400: _("The request is not well formed."),
        401: _("Send a valid token, as “Authorization: Bearer …”."),
        403: _("This is not allowed."),
        404: _("There is nothing at this address, or it is not yours to see."),
        405: _("This address does not know that method; see the Allow header."),
        413: _("The request is too large; send it in parts."),
        429: _("Too many requests in this minute; Retry-After says when to go on."),
        500: _("The program met an error it did not expect. It is in the log."),
    }


def middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give errors that were not made by the API itself, such as unknown addresses, its form."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.path.startswith(PREFIX):
            return response
        if getattr(request, "replayed", False):
            response["Idempotent-Replayed"] = "true"
        ours = response.get("Content-Type", "").startswith(CONTENT_TYPE)
        return (
            response
            if response.status_code < HTTPStatus.BAD_REQUEST or ours
            else _our(request, response)
        )

    return handle


def _our(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    status = response.status_code
    if status == HTTPStatus.METHOD_NOT_ALLOWED and "Authorization" not in request.headers:
        status = HTTPStatus.UNAUTHORIZED
    known = sentences()
    answer = problem(status, known.get(status, known[HTTPStatus.BAD_REQUEST]))
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            answer[name] = response.headers[name]
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def exempt_from_sign_in(patterns: Iterable[Any]) -> None:
    """Tell Django that these views ask for a token themselves, not for a session."""
    for pattern in patterns:
        pattern.callback.login_required = False
