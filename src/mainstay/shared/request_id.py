"""One name for a request, in its answer, in the log and in the audit events it caused."""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

_current: ContextVar[str] = ContextVar("request_id", default="")
_FIT = re.compile(r"[A-Za-z0-9._-]{8,64}")


_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def current() -> str:
    return _current.get()


def person() -> str:
    """Return the number of who makes this request, "" outside one: jobs belong to their asker."""
    user = getattr(_request.get(), "user", None)
    return str(user.pk) if user is not None and user.is_authenticated else ""


@contextmanager
def named(name: str) -> Iterator[None]:
    """Call what happens in the block by this name."""
    token = _current.set(name)
    try:
        yield
    finally:
        _current.reset(token)


def middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Take the caller's X-Request-ID if it is fit, else draw one."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        name = given if _FIT.fullmatch(given) else secrets.token_hex(8)
        token, asked = _current.set(name), _request.set(request)
        try:
            response = get_response(request)
        finally:
            _current.reset(token)
            _request.reset(asked)
        response["X-Request-ID"] = name
        return response

    return handle
