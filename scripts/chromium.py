"""Find the Chromium that drives the browser journeys."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from set_up import apt_install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


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


def find_or_install() -> str | None:
    if (found := find()) or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    try:
        apt_install("chromium")
    except subprocess.CalledProcessError:
        return None
    return find()
