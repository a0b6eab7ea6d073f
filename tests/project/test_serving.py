import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from mainstay.project import serving
from tests import databases

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_address_is_one_a_browser_can_open() -> None:
    assert serving.Place("0.0.0.0", 80).url == "http://127.0.0.1:80/"  # noqa: S104  only named
    assert serving.Place("::1", 8000).url == "http://[::1]:8000/"


def test_a_used_port_is_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        place = serving.Place("127.0.0.1", taken.getsockname()[1])

        with pytest.raises(serving.CannotServe, match="choose another with --port"):
            serving.refuse_bad_place(place)


@pytest.mark.parametrize("port", [0, -1, 70_000])
def test_a_number_that_is_no_port_is_a_sentence(port: int) -> None:
    with pytest.raises(serving.CannotServe, match="is not a port"):
        serving.refuse_bad_place(serving.Place("127.0.0.1", port))


MANAGE = (sys.executable, str(ROOT / "manage.py"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of an installation of its own, with its database."""
    folder = tmp_path_factory.mktemp("installation")
    variables = {**os.environ, "MAINSTAY_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT / "src")}
    for name in ("MAINSTAY_DATABASE_URL", "PYTHONUNBUFFERED"):
        variables.pop(name, None)
    databases.begin_with(folder / "mainstay.sqlite3")
    subprocess.run([*MANAGE, "migrate", "-v0"], env=variables, check=True)
    return variables


@contextlib.contextmanager
def running_site(
    port: int, place: dict[str, str], *options: str
) -> Iterator[subprocess.Popen[str]]:
    command = [*MANAGE, "serve", "--port", str(port), "--workers", "1", *options]
    process = subprocess.Popen(command, env=place, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


@pytest.mark.crash
@pytest.mark.xdist_group("installation")
def test_the_site_says_where_it_answers_and_ends_when_asked(
    free_port: int, place: dict[str, str]
) -> None:
    with running_site(free_port, place) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line == f"Mainstay answers at http://127.0.0.1:{free_port}/\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/accounts/login/") as page:
            assert page.status == 200

    assert process.returncode == 0


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """Return the background workers that the site has started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
            command = entry.with_name("cmdline").read_text().split("\0")
            if parent == process.pid and "worker" in command:
                found.append(int(entry.parent.name))
    return found


def wait_for_worker(process: subprocess.Popen[str], other_than: int = 0) -> int:
    for _ in range(200):
        if found := [pid for pid in workers_of(process) if pid != other_than]:
            return found[0]
        time.sleep(0.05)
    raise AssertionError("no worker came")


@pytest.mark.crash
@pytest.mark.xdist_group("installation")
def test_a_killed_worker_is_replaced_and_none_stays_behind(
    free_port: int, place: dict[str, str]
) -> None:
    with running_site(free_port, place, "--with-worker") as process:
        assert process.stdout is not None
        process.stdout.readline()
        first = wait_for_worker(process)

        os.kill(first, signal.SIGKILL)

        second = wait_for_worker(process, other_than=first)

    assert not Path(f"/proc/{second}").exists()
