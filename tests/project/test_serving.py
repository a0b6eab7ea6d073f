import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from mainstay.project import serving

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


@contextlib.contextmanager
def running_site(port: int, folder: Path) -> Iterator[subprocess.Popen[str]]:
    variables = {**os.environ, "MAINSTAY_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT / "src")}
    variables.pop("MAINSTAY_DATABASE_URL", None)
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=variables, check=True)
    command = [*manage, "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


@pytest.mark.crash
def test_the_site_says_where_it_answers_and_ends_when_asked(free_port: int, tmp_path: Path) -> None:
    with running_site(free_port, tmp_path) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line == f"Mainstay answers at http://127.0.0.1:{free_port}/\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/accounts/login/") as page:
            assert page.status == 200

    assert process.returncode == 0
