"""One POST to an address that was looked at: no redirects, short, small."""

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

from django.utils.translation import gettext as _

from mainstay.shared.events.addresses import NotAllowed, resolved, understood

SECONDS_FOR_A_STEP = 5
SECONDS_IN_ALL = 15
MOST_OF_ANSWER = 2000


@dataclass(frozen=True)
class Answer:
    """What came back; `status` None: nothing did, and `problem` says why."""

    status: int | None
    text: str = ""
    problem: str = ""
    milliseconds: int = 0

    @property
    def accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004  as HTTP has it


class _Checked(HTTPConnection):
    """A connection to one address, under the name that the certificate must carry."""

    def __init__(self, host: str, port: int, *, address: str, encrypted: bool) -> None:
        super().__init__(host, port, timeout=SECONDS_FOR_A_STEP)
        self._address, self._encrypted = address, encrypted

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._encrypted:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def post(url: str, *, body: bytes, headers: Mapping[str, str], networks: Iterable[str]) -> Answer:
    """Send the body and return what came back; every way to fail is a sentence."""
    began = time.monotonic()
    try:
        status, text, problem = _asked(url, body, headers, list(networks))
    except NotAllowed as refusal:
        status, text, problem = None, "", str(refusal)
    except (OSError, HTTPException, ValueError) as error:
        status, text, problem = None, "", _sentence(error)
    took = int((time.monotonic() - began) * 1000)
    return Answer(status, text, problem, took)


def _asked(
    url: str, body: bytes, headers: Mapping[str, str], networks: list[str]
) -> tuple[int, str, str]:
    parts = understood(url, networks)
    encrypted = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if encrypted else 80)
    address = resolved(host, port, networks)[0]
    connection = _Checked(host, port, address=address, encrypted=encrypted)
    late = threading.Timer(SECONDS_IN_ALL, _cut, [connection])
    late.daemon = True
    late.start()
    try:
        path = parts._replace(scheme="", netloc="").geturl() or "/"
        connection.request("POST", path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        text = _text(answer)
    finally:
        late.cancel()
        connection.close()
    return answer.status, text, _about(answer.status)


def _cut(connection: HTTPConnection) -> None:
    """End a connection that drips: each of its steps is short, but they never end."""
    sock: Any = connection.sock
    if sock is not None:
        sock.shutdown(socket.SHUT_RDWR)


def _text(answer: HTTPResponse) -> str:
    """Return the beginning of the answer, fit to be stored."""
    text = answer.read(MOST_OF_ANSWER).decode("utf-8", "replace")
    return "".join(each if each.isprintable() or each in "\n\t" else "\ufffd" for each in text)


def _about(status: int) -> str:
    if 300 <= status < 400:  # noqa: PLR2004  as HTTP has it
        return _(
            "The address leads elsewhere; redirects are not followed. Write the final address."
        )
    return ""


def _sentence(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return _("The endpoint did not answer in time.")
    if isinstance(error, ssl.SSLError):
        return _("The encrypted connection failed: %(why)s") % {"why": error.reason or error}
    if isinstance(error, ConnectionRefusedError):
        return _("Nothing listens at this address.")
    return _("The connection failed: %(why)s") % {"why": error or type(error).__name__}
