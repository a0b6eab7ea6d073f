"""Serve the site with granian and, beside it, one background worker."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.db import connections

# Pages compute more than they wait, so a few threads for each core keep it busy.
THREADS = 2 * (os.cpu_count() or 1) + 1
GRACE_SECONDS = 10
HIGHEST_PORT = 65_535


class CannotServe(Exception):
    """The site cannot start here; the message says what to do."""


@dataclass(frozen=True)
class Place:
    host: str
    port: int

    @property
    def url(self) -> str:
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


def serve(
    place: Place,
    *,
    processes: int,
    with_worker: bool,
    announce: Callable[[], None],
    access_log: bool = False,
) -> None:
    """Serve until interrupted; announce as soon as the first page is answered."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    refuse_bad_place(place)
    server = Server(
        "mainstay.project.wsgi:application",
        address=place.host,
        port=place.port,
        interface=Interfaces.WSGI,
        workers=max(1, processes),
        blocking_threads=THREADS,
        workers_kill_timeout=GRACE_SECONDS,
        respawn_failed_workers=True,
        log_level=LogLevels.info if access_log else LogLevels.warning,
        log_access=access_log,
    )
    connections.close_all()  # the processes are forked, and a connection must not be shared
    answering = threading.Event()

    def watch() -> None:
        _wait_for_an_answer(place)
        announce()
        answering.set()

    server.on_startup(lambda: _in_background(watch))
    with background_worker(answering) if with_worker else nullcontext():
        server.serve()


def refuse_bad_place(place: Place) -> None:
    """Raise CannotServe when nobody could listen there."""
    if not 0 < place.port <= HIGHEST_PORT:
        raise CannotServe(f"{place.port} is not a port; write a number from 1 to {HIGHEST_PORT}.")
    try:
        family = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((place.host, place.port))
    except OSError as problem:
        raise CannotServe(
            f"Nothing can listen on {place.host}:{place.port} ({problem.strerror}). "
            "Stop what uses that port, or choose another with --port."
        ) from problem


@contextmanager
def background_worker(answering: threading.Event) -> Iterator[None]:
    """Keep one worker process running once the site answers; start it again whenever it ends."""
    leaving = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        answering.wait()  # the first page comes first
        while not leaving.is_set():
            running[:] = [subprocess.Popen([sys.executable, "-m", "django", "worker"], env=_same())]
            running[0].wait()
            leaving.wait(1)

    thread = _in_background(keep)
    try:
        yield
    finally:
        leaving.set()
        answering.set()
        for process in running:
            process.terminate()
        thread.join(GRACE_SECONDS)
        for process in running:
            process.kill()


def _same() -> dict[str, str]:
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
    path = os.pathsep.join(part for part in sys.path if part)
    return {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": path}


def _in_background(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _wait_for_an_answer(place: Place) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(place.url + "accounts/login/", timeout=5):  # noqa: S310
                break
        except urllib.error.HTTPError:
            break  # it answers, and that is the question
        except OSError:
            time.sleep(0.05)
