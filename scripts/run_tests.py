"""Run the parts of the suite and say, at the very end, what each of them did.

Usage: run_tests.py [sqlite] [postgresql] [browser] [spark] [all]
No name: the first three, and spark where analysis or engine have changed.
Whatever stands in PYTEST_ARGS goes to pytest.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import changes
import chromium
import postgres

ROOT = Path(__file__).resolve().parent.parent
# What a developer has set for his own site must not steer the tests.
KEPT = ("MAINSTAY_SHARED", "MAINSTAY_CHROMIUM")
# These know no database, so one run of them is enough; others in between are left out one by one.
WITHOUT_DATABASE = (
    *("analysis", "engine", "engines", "docs", "project/analyse"),
    *("test_house_rules.py", "test_translations.py", "test_messages.py"),
)
# What the tests on a cluster are about.
CLUSTER = ("src/mainstay/analysis", "src/mainstay/engine", "tests/engines", "requirements")
WORKERS = str(max(2, os.cpu_count() or 2))
HERE = "not browser and not spark"


@dataclass
class Outcome:
    """What one part did."""

    part: str
    passed: int = 0
    failed: int = 0
    seconds: float = 0.0
    skipped: Counter[str] = field(default_factory=Counter)
    reason: str = ""  # why it could not run
    spared: str = ""  # why it need not run

    def sentence(self) -> str:
        if self.spared:
            return f"{self.part:<11}left out because {self.spared}"
        if self.reason:
            return f"{self.part:<11}could not run because {self.reason}"
        words = f"{self.part:<11}ran {self.passed} passed, {self.failed} failed"
        words += f" in {self.seconds:.0f} s"
        if self.skipped:
            words += f", {self.skipped.total()} left out:"
        return words


def main(names: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that clusters are removed
    parts: dict[str, Callable[[], Outcome]] = {
        "sqlite": run_sqlite,
        "postgresql": run_postgresql,
        "browser": run_browser,
        "spark": run_spark,
    }
    if unknown := set(names) - {*parts, "all"}:
        sys.exit(f"There is no part {', '.join(unknown)}; the parts are {', '.join(parts)}.")
    if not names:
        parts["spark"] = run_spark_if_concerned
    outcomes = [parts[name]() for name in (parts if not names or "all" in names else names)]
    return report(outcomes)


def run_sqlite() -> Outcome:
    return pytest("SQLite", ["-m", HERE, "-n", WORKERS])


def run_postgresql() -> Outcome:
    ignored = [f"--ignore=tests/{name}" for name in WITHOUT_DATABASE]
    try:
        with postgres.server() as url:
            arguments = ["-m", HERE, "-n", WORKERS, "--only-database", *ignored]
            return pytest("PostgreSQL", arguments, MAINSTAY_DATABASE_URL=url)
    except postgres.NoPostgresError as problem:
        return Outcome("PostgreSQL", reason=str(problem))


def run_browser() -> Outcome:
    try:
        path = chromium.get()
    except chromium.NoChromiumError as problem:
        return Outcome("Browser", reason=str(problem))
    arguments = ["tests/journeys", "-m", "browser", "-n", WORKERS]
    return pytest("Browser", arguments, MAINSTAY_CHROMIUM=path)


def run_spark() -> Outcome:
    if shutil.which("java") is None:
        return Outcome("Spark", reason="there is no Java, which Spark needs")
    return pytest("Spark", ["tests/engines", "-m", "spark", "-n", "0"])


def run_spark_if_concerned() -> Outcome:
    if commit := changes.unchanged_since(*CLUSTER):
        why = f"analysis and engine are as in {commit}; make test-all runs it"
        return Outcome("Spark", spared=why)
    return run_spark()


def pytest(part: str, arguments: list[str], **variables: str) -> Outcome:
    """Run one part in its own process with its own data folder and read what it reports."""
    print(f"\n=== {part}", flush=True)
    with tempfile.TemporaryDirectory(prefix="mainstay-test-") as folder:
        junit = Path(folder, "junit.xml")
        command = [sys.executable, "-m", "pytest", "-q", "--dist=loadgroup", f"--junitxml={junit}"]
        command += [*arguments, *shlex.split(os.environ.get("PYTEST_ARGS", ""))]
        started = time.monotonic()
        with child(command, {**environment(), "MAINSTAY_DATA_DIR": folder, **variables}) as process:
            code = process.wait()
        outcome = read(part, junit)
        outcome.seconds = time.monotonic() - started
    if code not in {0, 5} and outcome.failed == 0:  # 5: nothing was selected
        outcome.failed = 1
    return outcome


@contextmanager
def child(command: list[str], variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=ROOT, env=variables)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("MAINSTAY_") or k in KEPT}


def read(part: str, junit: Path) -> Outcome:
    outcome = Outcome(part)
    if not junit.exists():
        return outcome
    for case in ElementTree.parse(junit).iter("testcase"):
        skipped = case.find("skipped")
        if skipped is not None:
            outcome.skipped[skipped.get("message", "no reason given")] += 1
        elif case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        else:
            outcome.passed += 1
    return outcome


def report(outcomes: list[Outcome]) -> int:
    print("\n=== What ran")
    for outcome in outcomes:
        print(outcome.sentence())
        for reason, times in sorted(outcome.skipped.items()):
            print(f"{'':<11}  {times} × {reason}")
    failed = sum(outcome.failed for outcome in outcomes)
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
