"""A real IMAP server (pymap) in a process of its own, reached by STARTTLS or through TLS."""

import contextlib
import imaplib
import selectors
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, SECRET = "sales", "pässword"
SECONDS = 60


@dataclass(frozen=True)
class Running:
    """The server's ports, and the certificate that a client must know."""

    port: int
    tls_port: int
    certificate: Path

    def put(self, content: bytes, folder: str = "INBOX") -> None:
        """Lay an e-mail into a folder."""
        with self.client() as client:
            client.append(folder, "", None, content)  # type: ignore[arg-type]

    def empty(self) -> None:
        """Take all e-mails out of the inbox."""
        with self.client() as client:
            client.select("INBOX")
            client.store("1:*", "+FLAGS", r"(\Deleted)")
            client.expunge()

    def seen(self) -> int:
        """Return how many e-mails are marked as read."""
        with self.client() as client:
            client.select("INBOX", readonly=True)
            return len(client.uid("SEARCH", "SEEN")[1][0].split())

    @contextlib.contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=SECONDS)
        client.authenticate("PLAIN", lambda _said: f"\0{USER}\0{SECRET}".encode())
        try:
            yield client
        finally:
            client.logout()


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Start the server, and a place that speaks TLS in front of it."""
    certificate, key = _certificate(folder)
    port = _free_port()
    command = [
        str(Path(sys.executable).with_name("pymap")), "--host", "127.0.0.1", "--port", str(port),
        "--cert", str(certificate), "--key", str(key),
        "dict", "--demo-user", USER, "--demo-password", SECRET,
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait_for(port, process)
        with _in_tls(port, certificate, key) as tls_port:
            yield Running(port, tls_port, certificate)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("the IMAP server did not start")


@contextlib.contextmanager
def _in_tls(port: int, certificate: Path, key: Path) -> Iterator[int]:
    """Take TLS off every connection and hand it on to the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    class Relay(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                near = context.wrap_socket(self.request, server_side=True)
                with near, socket.create_connection(("127.0.0.1", port)) as far:
                    _relay(near, far)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Relay) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


def _relay(near: ssl.SSLSocket, far: socket.socket) -> None:
    with selectors.DefaultSelector() as waiting:
        waiting.register(near, selectors.EVENT_READ, far)
        waiting.register(far, selectors.EVENT_READ, near)
        while True:
            for key, _events in waiting.select():
                data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                if not data:
                    return
                key.data.sendall(data)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for localhost that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "cert.pem", folder / "key.pem"
