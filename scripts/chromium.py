"""Find the Chromium that drives the browser journeys."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from set_up import apt_install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class NoChromiumError(Exception):
    """The browser journeys cannot run here; the message says why."""


def find() -> str | None:
    """Return the named, the first on PATH, or the first in a known place."""
    if named := os.environ.get("MAINSTAY_CHROMIUM"):
        return named if Path(named).exists() else None
    for name in NAMES:
        if on_path := shutil.which(name):
            return on_path
    downloads = Path("~/.cache/ms-playwright").expanduser()
    found = [*map(Path, PLACES), *downloads.glob("chromium-*/chrome-linux*/chrome")]
    return next((str(path) for path in found if path.exists()), None)


def get() -> str:
    """Return a Chromium whose driver runs, or say what is missing."""
    if find() is None:
        install("chromium")
    if driver_problem():
        install("libatomic1")  # Playwright's own program needs it, and a bare Debian lacks it
    path = find()
    if path is None:
        raise NoChromiumError("there is no Chromium on PATH or in a known place")
    if problem := driver_problem():
        raise NoChromiumError(f"Playwright's driver does not start: {problem}")
    return path


def driver_problem() -> str:
    """Return why Playwright's driver does not start; nothing when it does."""
    from playwright._impl._driver import compute_driver_executable

    node = compute_driver_executable()[0]
    run = subprocess.run([node, "--version"], capture_output=True, text=True)
    return run.stderr.strip().splitlines()[-1] if run.returncode != 0 and run.stderr else ""


def install(package: str) -> None:
    """Install a Debian package where we may; a failure shows in what is then still missing."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        with suppress(subprocess.CalledProcessError):
            apt_install(package)
