"""The real site as processes that can be killed, and clients who go on until they are answered."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from tests.crash.test_worker import ROOT, database_url

PACE = ["--lease", "1.5", "--backoff", "0.05", "--poll", "0.05"]
BOUNDARY = "edge-of-a-part"


class Site:
    """`mainstay serve` and `mainstay worker` on one database; killed, nothing of them is left."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = os.environ | {
            "MAINSTAY_DATABASE_URL": database_url(),
            "MAINSTAY_DATA_DIR": str(data),
            "MAINSTAY_SECRET_KEY": settings.SECRET_KEY,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        self.log = (data / "site.log").open("ab")
        self.processes: list[subprocess.Popen[bytes]] = []

    def close(self) -> None:
        self.kill()
        self.log.close()

    def start(self) -> None:
        port = ["--port", str(self.port)]
        for words in (["serve", "--workers", "1", *port], ["worker", *PACE]):
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "mainstay", *words],
                    env=self.environment,
                    start_new_session=True,
                    stdout=self.log,
                    stderr=self.log,
                )
            )

    def kill(self) -> None:
        """End everything at once, as when the power fails."""
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
        for process in self.processes:
            process.wait()
        self.processes = []


class Unanswered(Exception):
    """Nobody knows whether the request was carried out."""


class Visitor:
    """Somebody who talks HTTP to the site."""

    def __init__(self, site: Site, headers: dict[str, str]) -> None:
        self.site, self.headers = site, headers

    def send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of the whole answer, or raise Unanswered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        try:
            connection.request(method, path, body, self.headers | (headers or {}))
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered from error
        finally:
            connection.close()

    def post_json(self, path: str, value: Any, key: str) -> tuple[int, dict[str, str], bytes]:
        kind = {"Content-Type": "application/json", "Idempotency-Key": key}
        return self.send("POST", path, json.dumps(value).encode(), kind)

    def post_form(self, path: str, fields: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode(fields).encode(), kind)

    def post_file(
        self, path: str, fields: dict[str, str], name: str, content: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{text}\r\n'
            for field, text in fields.items()
        ]
        head = f'name="file"; filename="{name}"\r\nContent-Type: text/csv'
        parts.append(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n")
        body = "".join(parts).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        return self.send("POST", path, body, kind)


def browser_of(site: Site, session: str) -> tuple[Visitor, dict[str, str]]:
    """Return a signed-in visitor and the field that each of its forms carries."""
    token = secrets.token_hex(16)
    cookies = {"Cookie": f"sessionid={session}; csrftoken={token}"}
    return Visitor(site, cookies), {"csrfmiddlewaretoken": token}


class Client(threading.Thread):
    """Does one piece of work after the other until told to stop; one failure fails the test."""

    def __init__(self, work: Callable[[int], None]) -> None:
        super().__init__(daemon=True)
        self.work, self.done = work, 0
        self.leaving = threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.leaving.is_set():
                self.work(self.done)
                self.done += 1
        except BaseException as failure:  # noqa: BLE001  raised again where the test waits
            self.failure = failure

    def finish(self) -> None:
        self.leaving.set()
        self.join(120)
        self.check()
        assert not self.is_alive()

    def check(self) -> None:
        if self.failure:
            raise self.failure


def until_answered(act: Callable[[], Any]) -> Any:
    """Ask again until the site, which may be down, answers."""
    while True:
        try:
            return act()
        except Unanswered:
            time.sleep(0.05)
