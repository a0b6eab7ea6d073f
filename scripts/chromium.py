"""Find the Chromium that drives the browser journeys."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
from pathlib import Path

from set_up import apt_install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/usr/bin/chromium",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "~/.cache/ms-playwright/chromium-*/chrome-linux*/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find() -> str | None:
    """Return the named, the first on PATH, or the first in a known place."""
    if named := os.environ.get("MAINSTAY_CHROMIUM"):
        return named if Path(named).exists() else None
    for name in NAMES:
        if on_path := shutil.which(name):
            return on_path
    found = [hit for place in PLACES for hit in glob.glob(str(Path(place).expanduser()))]
    return found[0] if found else None


def find_or_install() -> str | None:
    if (found := find()) or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    try:
        apt_install("chromium")
    except subprocess.CalledProcessError:
        return None
    return find()
