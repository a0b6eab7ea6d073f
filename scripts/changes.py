"""Whether something that a costly part of the suite is about has changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAIN = "origin/main"


def unchanged_since(*places: str) -> str:
    """Return the commit since which nothing in these places has changed, empty if something has.

    Compared is with where the branch left main, on main itself with the commit before; and what
    is not committed counts. Without git nobody can tell, so everything may have changed.
    """
    head, base = git("rev-parse", "HEAD"), git("merge-base", "HEAD", MAIN)
    if not base or base == head:
        base = git("rev-parse", "HEAD~1")
    if not base:
        return ""
    committed = git("diff", "--name-only", base, "--", *places)
    waiting = git("status", "--porcelain", "--", *places)
    return "" if committed or waiting else base[:8]


def git(*words: str) -> str:
    """Return what git says; empty if it refuses or is not there."""
    try:
        said = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return said.stdout.strip() if said.returncode == 0 else ""
