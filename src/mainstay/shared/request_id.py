"""One name for a request, in its answer, in the log and in the audit events it caused."""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

_current: ContextVar[str] = ContextVar("request_id", default="")
_FIT = re.compile(r"[A-Za-z0-9._-]{8,64}")


def current() -> str:
    return _current.get()


def middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Take the caller's X-Request-ID if it is fit, else draw one."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        name = given if _FIT.fullmatch(given) else secrets.token_hex(8)
        token = _current.set(name)
        try:
            response = get_response(request)
        finally:
            _current.reset(token)
        response["X-Request-ID"] = name
        return response

    return handle
