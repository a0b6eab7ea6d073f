"""Run every check that needs no test database, two at a time, all of them even when one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CODE = [name for name in ("src", "tests", "benchmarks", "scripts") if (ROOT / name).exists()]
# As a company would run it: warnings of `check --deploy` are errors.
PRODUCTION = {
    "MAINSTAY_HTTPS": "yes",
    "MAINSTAY_ALLOWED_HOSTS": "mainstay.example",
    "MAINSTAY_SECRET_KEY": "".join(chr(33 + (7 * i) % 90) for i in range(64)),
}
AT_ONCE = max(2, os.cpu_count() or 2)

CHECKS: dict[str, list[str]] = {
    "format": ["ruff", "format", "--check", "--quiet", *CODE],
    "lint": ["ruff", "check", "--quiet", *CODE],
    "types": ["mypy", "--no-error-summary"],
    "import contracts": ["lint-imports"],
    "deployment": ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "house rules": ["python", "-m", "pytest", "-q", "tests/test_house_rules.py"],
    "translations": ["python", "-m", "pytest", "-q", "tests/test_translations.py"],
}


def main(names: list[str]) -> int:
    if unknown := set(names) - set(CHECKS):
        sys.exit(f"There is no check {', '.join(unknown)}; the checks are {', '.join(CHECKS)}.")
    chosen = names or list(CHECKS)
    with (
        tempfile.TemporaryDirectory(prefix="mainstay-check-") as folder,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        passed = pool.map(partial(passes, folder=folder), chosen)
        failed = [name for name, well in zip(chosen, passed, strict=True) if not well]
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return 1 if failed else 0


def passes(name: str, folder: str) -> bool:
    program, *arguments = CHECKS[name]
    started = time.monotonic()
    run = subprocess.run(
        [BIN / program, *arguments],
        cwd=ROOT,
        env=environment(name, folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    seconds = time.monotonic() - started
    said = f"{name:<18}{'ok' if run.returncode == 0 else 'FAILED'}  {seconds:.1f} s"
    print(said if run.returncode == 0 else f"{said}\n{run.stdout}", flush=True)
    return run.returncode == 0


def environment(name: str, folder: str) -> dict[str, str]:
    own = Path(folder, name)  # each start makes a secret key
    own.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MAINSTAY_")}
    variables = PRODUCTION if name == "deployment" else {}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "MAINSTAY_DATA_DIR": str(own), **variables}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
