"""Whole processes timed in turn, A B C A B C, with the operating system's own accounting."""

import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
RESULTS = Path(__file__).parent / "RESULTS.md"


@dataclass(frozen=True)
class Cost:
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MiB, the largest process


def run_once(command: list[str]) -> Cost:
    """Run a command to its end and return what it cost; raise if it fails."""
    # Everybody keeps compiled bytecode, as an installed copy does.
    kept = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=kept)
    errors = child.stderr.read() if child.stderr else b""
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode()[-2000:]}")
    wall = time.perf_counter() - began
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def in_turn(commands: dict[str, list[str]], rounds: int) -> dict[str, Cost]:
    """Run all commands `rounds` times in turn and return the medians."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds):
        for name, command in commands.items():
            costs[name].append(run_once(command))
            print(f"  round {number + 1}: {name}: {costs[name][-1].wall:.1f} s", flush=True)
    return {name: _median(runs) for name, runs in costs.items()}


def _median(runs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(run.wall for run in runs),
        statistics.median(run.cpu for run in runs),
        max(run.peak for run in runs),
    )


def machine() -> str:
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, Python {platform.python_version()}"


def versions(*names: str) -> str:
    return ", ".join(f"{name} {version(name)}" for name in names)


def publish(title: str, text: str) -> None:
    """Print a section and put it into RESULTS.md in place of the earlier one of that title."""
    print(f"\n## {title}\n\n{text}")
    old = RESULTS.read_text() if RESULTS.exists() else "# Results\n"
    head, *sections = old.split("\n## ")
    kept = [section for section in sections if not section.startswith(title + "\n")]
    parts = [head.rstrip(), *(s.rstrip() for s in kept), f"{title}\n\n{text.rstrip()}"]
    RESULTS.write_text("\n\n## ".join(parts) + "\n")
