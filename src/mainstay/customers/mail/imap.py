"""A mailbox on an IMAP server, read and never changed: EXAMINE and BODY.PEEK only.

Policy: as with webhooks, only servers that anybody on the internet may reach, or those in a network
named in MAINSTAY_MAIL_NETWORKS; the connection goes to an address that was looked at. Encrypted
always, but for servers in such a network.
"""

import imaplib
import re
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from ipaddress import ip_address, ip_network
from time import mktime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mainstay.engine.letters.boxes import LARGEST
from mainstay.shared.events.addresses import NotAllowed, resolved

SECONDS_FOR_A_STEP = 15
MOST_FOLDERS = 200
_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"[^"]*"|NIL) (?P<name>.+)')
_NUMBERED = re.compile(rb"UID (\d+)")
_SIZED = re.compile(rb"RFC822\.SIZE (\d+)")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905  as IMAP has them


class NotReached(Exception):
    """The mailbox cannot be read; the text says why and what to do."""


@dataclass(frozen=True)
class Server:
    """Where a mailbox is, and how to open it."""

    host: str
    port: int
    security: str
    user: str
    secret: str


@dataclass(frozen=True)
class Message:
    """An e-mail as it lies in the mailbox; without content if it is too large to be read."""

    uid: int
    content: bytes | None
    at: str = ""


@contextmanager
def opened(server: Server) -> Iterator["Session"]:
    """Sign in; every way to fail, then or later, is a NotReached with its sentence."""
    try:
        client = _connected(server)
        try:
            yield Session(client)
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                client.logout()
    except NotAllowed as refusal:
        raise NotReached(str(refusal)) from refusal
    except (OSError, imaplib.IMAP4.error, ValueError) as error:
        raise NotReached(_sentence(error, server)) from error


class Session:
    """A mailbox that is open for reading."""

    def __init__(self, client: "_Client") -> None:
        self.client = client

    def folders(self) -> list[str]:
        """Return the names of the folders there are."""
        _kind, rows = self.client.list()
        found = (_LISTED.match(row) for row in rows[:MOST_FOLDERS] if isinstance(row, bytes))
        return [_from_utf7(each["name"].strip(b'"')) for each in found if each]

    def examine(self, folder: str) -> int:
        """Open a folder for reading only; return its UIDVALIDITY."""
        kind, _rows = self.client.select(_quoted(folder), readonly=True)
        if kind != "OK":
            names = ", ".join(self.folders())
            text = _("There is no folder “%(folder)s”. There are: %(names)s.")
            raise NotReached(text % {"folder": folder, "names": names[:300]})
        found = self.client.response("UIDVALIDITY")[1]
        return int(found[0]) if found and found[0] else 0

    def uids(self, *, after: int, since: date) -> list[int]:
        """Return the numbers of the e-mails beyond a number and from a day on, rising."""
        day = f"{since.day:02d}-{_MONTHS[since.month - 1]}-{since.year}"
        _kind, rows = self.client.uid("SEARCH", f"UID {after + 1}:*", "SINCE", day)
        found = {int(each) for row in rows if row for each in row.split()}
        # “5:*” is the last one even where no number is above 4.
        return sorted(each for each in found if each > after)

    def sizes(self, uids: list[int]) -> dict[int, int]:
        _kind, rows = self.client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
        pairs = ((_NUMBERED.search(r), _SIZED.search(r)) for r in rows if isinstance(r, bytes))
        return {int(uid[1]): int(size[1]) for uid, size in pairs if uid and size}

    def message(self, uid: int) -> Message | None:
        """Return one e-mail, and leave it unread if it was; None if it is gone by now."""
        _kind, rows = self.client.uid("FETCH", str(uid), "(UID INTERNALDATE BODY.PEEK[])")
        for row in rows:
            if isinstance(row, tuple) and len(row) > 1:
                return Message(uid, row[1], _asctime(row[0]))
        return None


class _Client(imaplib.IMAP4):
    """A connection to one address, under the name that the certificate must carry."""

    def __init__(self, server: Server, address: str) -> None:
        self._address = address
        self._context = ssl.create_default_context() if server.security == "tls" else None
        super().__init__(server.host, server.port, timeout=SECONDS_FOR_A_STEP)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self._address, self.port), timeout)
        if self._context is None:
            return plain
        return self._context.wrap_socket(plain, server_hostname=self.host)

    def read(self, size: int) -> bytes:
        """Read a literal; the server says how long it is, and may say anything."""
        if size > LARGEST:
            raise self.abort("the answer is too large")
        return super().read(size)


def _connected(server: Server) -> _Client:
    address = resolved(server.host, server.port, settings.MAIL_NETWORKS)[0]
    near = any(ip_address(address) in ip_network(each) for each in settings.MAIL_NETWORKS)
    if server.security == "none" and not near:
        raise NotReached(
            _("Without encryption only servers in MAINSTAY_MAIL_NETWORKS are read; choose TLS.")
        )
    client = _Client(server, address)
    try:
        if server.security == "starttls":
            client.starttls(ssl.create_default_context())
        _sign_in(client, server)
    except BaseException:
        client.shutdown()
        raise
    return client


def _sign_in(client: _Client, server: Server) -> None:
    """Sign in by AUTH=PLAIN, which takes passwords in all scripts, else by LOGIN."""
    try:
        if "AUTH=PLAIN" in client.capabilities:
            said = f"\0{server.user}\0{server.secret}".encode()
            client.authenticate("PLAIN", lambda _challenge: said)
        else:
            client.login(server.user, server.secret)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeError) as error:
        text = _(
            "The server refuses this user or password. Some providers want a password made for"
            " programs (an app password). It said: %(why)s"
        )
        raise NotReached(text % {"why": _said(error)}) from error


def _sentence(error: Exception, server: Server) -> str:
    values: dict[str, Any] = {"host": server.host, "port": server.port, "why": _said(error)}
    if isinstance(error, TimeoutError):
        return _("%(host)s did not answer in time; look at the server's name and port.") % values
    if isinstance(error, ConnectionRefusedError):
        return _("Nothing listens at %(host)s, port %(port)d; look at both.") % values
    if isinstance(error, ssl.SSLCertVerificationError):
        values["why"] = error.verify_message
        return _("The certificate of %(host)s is not valid: %(why)s") % values
    if isinstance(error, ssl.SSLError):
        return _("No encrypted connection: TLS is usually at port 993, STARTTLS at 143.") % values
    return _("The server answered what is not understood: %(why)s") % values


def _said(error: Exception) -> str:
    """Return what the server said, fit to be shown."""
    plain = error.args[0] if error.args else ""
    text = plain.decode("utf-8", "replace") if isinstance(plain, bytes) else str(plain)
    return "".join(sign for sign in text if sign.isprintable())[:200] or type(error).__name__


def _asctime(answer: bytes) -> str:
    """Return when it came into the mailbox, as the first line of an e-mail in an mbox has it."""
    parts = imaplib.Internaldate2tuple(answer)
    if parts is None:
        return "Thu Jan  1 00:00:00 1970"
    return datetime.fromtimestamp(mktime(parts), UTC).strftime("%a %b %d %H:%M:%S %Y")


# -- names of folders: UTF-7 as IMAP changed it (RFC 3501, 5.1.3)


def _quoted(folder: str) -> str:
    name = "".join(_shifted(run) for run in re.split(r"([^\x20-\x7e]+)", folder) if run)
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shifted(run: str) -> str:
    if run.isascii():
        return run.replace("&", "&-")
    code = b64encode(run.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
    return f"&{code}-"


def _from_utf7(raw: bytes) -> str:
    text = raw.decode("ascii", "replace")
    return re.sub(r"&([^-]*)-", _letters, text)


def _letters(found: re.Match[str]) -> str:
    if not found[1]:
        return "&"
    code = found[1].replace(",", "/")
    try:
        return f"+{code}-".encode().decode("utf-7")
    except UnicodeDecodeError:
        return found[0]
