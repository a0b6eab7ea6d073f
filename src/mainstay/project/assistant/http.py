"""The assistant's tools over streamable HTTP: one request, one answer, as the user of its token.

Nothing is kept between requests, so that any process of the server answers any of them. The
library's server runs on a loop of the request's own; the tools run in the request's thread, with
its connection to the database.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from asgiref.sync import async_to_sync
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from mainstay.people.queries import working_token
from mainstay.project.assistant import session
from mainstay.shared.rest.limits import PerToken
from mainstay.shared.rest.problems import problem, sentences

PATH = "/mcp"
LARGEST = 1_000_000
_throttle = PerToken()


@csrf_exempt
@login_not_required
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """Answer one message of an assistant, or say why not before anything is read."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    token = working_token(secret.strip(), now=timezone.now()) if scheme == "Bearer" else None
    if token is None:
        return _refused(401, {"WWW-Authenticate": "Bearer"})
    request.auth = token  # type: ignore[attr-defined]
    if request.method != "POST":
        return _refused(405, {"Allow": "POST"})
    if not _throttle.allow_request(request):
        return _refused(429, {"Retry-After": str(int(_throttle.wait()) + 1)})
    with session.speaking(secret.strip()):
        return async_to_sync(_answered)(_scope(request), request.body)


def _refused(status: int, headers: Mapping[str, str]) -> HttpResponse:
    return problem(status, sentences()[status], headers=dict(headers))


def _scope(request: HttpRequest) -> dict[str, Any]:
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1", "replace"))
        for name, value in request.headers.items()
    ]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": request.scheme,
        "method": "POST",
        "path": PATH,
        "raw_path": PATH.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": None,
        "server": None,
    }


async def _answered(scope: dict[str, Any], body: bytes) -> HttpResponse:
    """Let the library answer; it asks for the body once, and then whether anybody still waits."""
    app, sent = _app(), HttpResponse()
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if asked:
            await _forever()
        asked = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            sent.status_code = message["status"]
            for name, value in message.get("headers", ()):
                sent[name.decode("latin-1")] = value.decode("latin-1")
        else:
            sent.write(message.get("body", b""))

    async with app.router.lifespan_context(app):
        await app(scope, receive, send)
    return sent


async def _forever() -> None:
    from anyio import sleep_forever

    await sleep_forever()


def _app() -> Any:
    from mcp.server.transport_security import TransportSecuritySettings

    # Django has looked at the host already, and a page in a browser has no token to send.
    trusting = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    return _server().streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        json_response=True,
        max_request_body_size=LARGEST,
        transport_security=trusting,
    )


@lru_cache(maxsize=1)
def _server() -> Any:
    from mainstay.project.assistant.server import made

    return made()
